import Alerting
import ArgumentParser
import Host
import Metrics
import Values

struct RulesTemplateVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Expand templates of annotations: JSON lines in, one JSON line out for each.",
    discussion: """
      A line has `text`, and may have `labels` (an object), `value` (as text) and `query_result` (what every \
      `query` yields: a list of objects with `Labels` and `Value`). The answer repeats them and adds `ok` with \
      `out`, or `err`.
      """)

  @Option(help: ArgumentHelp("What `externalURL` yields.", valueName: "url"))
  var externalURL = ""
  @Option(
    name: .customLong("external-label"),
    help: ArgumentHelp("One of `$externalLabels`; may be repeated.", valueName: "name=value"))
  var externalLabels: [String] = []
  @Option(help: ArgumentHelp("What `now` yields, RFC 3339; default the present.", valueName: "time"))
  var now: String?

  func run() throws {
    var labels: [String: String] = [:]
    for pair in externalLabels {
      guard let equals = pair.firstIndex(of: "=") else {
        throw ValidationError("--external-label is a NAME=VALUE.")
      }
      labels[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
    }
    let instant = now.map { Instant(rfc3339: $0) } ?? Clock.now()
    guard let instant else { throw ValidationError("--now is an instant such as 2026-11-21T03:08:33Z.") }
    JSONLines.answer { line throws(JSONLines.Refusal) in
      let text = try line.text("text")
      let context = try Self.context(line, labels: labels, address: externalURL, now: instant)
      var answer = line
      answer["err"] = nil
      answer["out"] = nil
      do throws(TemplateError) {
        answer["out"] = try AnnotationTemplate(text).render(context)
        answer["ok"] = true
      } catch {
        answer["ok"] = false
        answer["err"] = "byte \(error.offset): \(error.what)"
      }
      return answer
    }
  }

  private static func context(
    _ line: [String: Any], labels: [String: String], address: String, now: Instant
  ) throws(JSONLines.Refusal) -> TemplateContext {
    var value = 0.0
    if let text = line["value"] as? String {
      guard let number = GoFloat.parse(text) else { throw JSONLines.Refusal("value is no number") }
      value = number
    }
    var samples: [Sample] = []
    for sample in line["query_result"] as? [Any] ?? [] {
      guard let sample = sample as? [String: Any], let value = number(sample["Value"]) else {
        throw JSONLines.Refusal("query_result is a list of objects with Labels and Value")
      }
      samples.append(Sample(Labels(sample["Labels"] as? [String: String] ?? [:]), value))
    }
    return TemplateContext(
      labels: line["labels"] as? [String: String] ?? [:], value: value, now: now.milliseconds,
      externalLabels: labels, externalURL: address, query: { [samples] _ in samples })
  }

  /// A number of JSON, or text for those that JSON has not.
  private static func number(_ value: Any?) -> Double? {
    if let text = value as? String { return GoFloat.parse(text) }
    return value as? Double
  }
}
