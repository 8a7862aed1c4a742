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
      The answer has `ok` and the page's `entries`, or `err` with the line that fails the page.
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
      switch Exposition.parse(Array(input.utf8), format: format) {
      case .success(let scrape):
        answer["ok"] = true
        answer["entries"] = Self.entries(scrape)
      case .failure(let error):
        answer["ok"] = false
        answer["entries"] = [Any]()
        answer["err"] = "\(error)"
      }
      return answer
    }
  }

  private static func entries(_ scrape: Scrape) -> [[String: Any]] {
    let types = scrape.types.sorted { $0.key < $1.key }.map { name, type -> [String: Any] in
      ["kind": "type", "metric": name, "type": type]
    }
    let helps = scrape.help.sorted { $0.key < $1.key }.map { name, help -> [String: Any] in
      ["kind": "help", "metric": name, "help": help]
    }
    let samples = scrape.samples.map { sample -> [String: Any] in
      var entry: [String: Any] = [
        "kind": "sample", "value": sample.value.generalText,
        "labels": Dictionary(
          sample.labels.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
      ]
      if let time = sample.timestamp { entry["ts_ms"] = time }
      return entry
    }
    return types + helps + samples
  }
}
