import ArgumentParser
import Metrics

struct MetricsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Read text pages of metrics as Prometheus reads them.",
    subcommands: [MetricsParseVerb.self])
}

struct MetricsParseVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Read pages: JSON lines in, one JSON line out for each.",
    discussion: """
      A line has `input`, a whole page, and may have `fmt`: `prom` (Prometheus' text) or `om` (OpenMetrics). \
      The answer has `ok` and the page's `entries` in their order, or `err` with the line that fails the page.
      """)

  @Flag(name: .customLong("openmetrics"), help: "Pages without `fmt` are OpenMetrics.")
  var isOpenMetrics = false
  @Flag(name: .customLong("strict"), help: "Refuse all that OpenMetrics calls invalid, beyond Prometheus.")
  var isStrict = false

  func run() throws {
    JSONLines.answer { line throws(JSONLines.Refusal) in
      let input = try line.text("input")
      let name = line["fmt"] as? String ?? (isOpenMetrics ? "om" : "prom")
      let formats: [String: Exposition.Format] = ["prom": .prometheusText, "om": .openMetrics]
      guard let format = formats[name] else { throw JSONLines.Refusal("fmt is prom or om") }
      var answer: [String: Any] = ["input": input, "fmt": name]
      do throws(ExpositionError) {
        let entries = try Exposition.entries(Array(input.utf8), format: format, strict: isStrict)
        answer["ok"] = true
        answer["entries"] = entries.map(\.object)
      } catch {
        answer["ok"] = false
        answer["entries"] = [Any]()
        answer["err"] = "\(error)"
      }
      return answer
    }
  }
}

extension ExpositionEntry {
  /// As the answer has it; a value is text, for JSON has no infinities.
  fileprivate var object: [String: Any] {
    switch content {
    case .sample(let labels, let value, let timestamp, let exemplar):
      var object: [String: Any] = ["kind": "sample", "labels": labels.object, "value": value.generalText]
      object["ts_ms"] = timestamp
      if let exemplar {
        var one: [String: Any] = ["labels": exemplar.labels.object, "value": exemplar.value.generalText]
        one["ts_ms"] = exemplar.timestamp
        object["exemplar"] = one
      }
      return object
    case .type(let metric, let type): return ["kind": "type", "metric": metric, "type": type]
    case .help(let metric, let help): return ["kind": "help", "metric": metric, "help": help]
    case .unit(let metric, let unit): return ["kind": "unit", "metric": metric, "unit": unit]
    case .comment(let text): return ["kind": "comment", "text": text]
    }
  }
}

extension Labels {
  fileprivate var object: [String: String] {
    Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
