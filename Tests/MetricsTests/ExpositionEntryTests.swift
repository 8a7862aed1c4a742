import Metrics
import Testing

/// What `metrics parse` answers, against the answers of Prometheus 3.14's own parsers, in full.
struct ExpositionEntryTests {
  @Test func everyEntryIsThatOfPrometheus() {
    var differences: [String] = []
    for row in Conformance.lines("text/exposition.jsonl") {
      guard let input = row["input"] as? String, let ok = row["ok"] as? Bool, ok else { continue }
      let format: Exposition.Format = row["fmt"] as? String == "om" ? .openMetrics : .prometheusText
      let expected = (row["entries"] as? [[String: Any]] ?? []).map(Self.text)
      let got = ((try? Exposition.entries(Array(input.utf8), format: format)) ?? []).map(Self.text)
      if got != expected { differences.append("\(input.debugDescription): \(got) instead of \(expected)") }
    }
    #expect(differences.isEmpty)
  }

  private static func text(_ entry: [String: Any]) -> String {
    let metric = entry["metric"] as? String ?? ""
    switch entry["kind"] as? String {
    case "sample":
      let value = GoFloat.parse(entry["value"] as? String ?? "") ?? .nan
      let labels = Labels(entry["labels"] as? [String: String] ?? [:])
      return "\(labels) \(value.generalText) \(entry["ts_ms"] as? Int ?? -1)"
    case "type": return "TYPE \(metric) \(entry["type"] as? String ?? "")"
    case "help": return "HELP \(metric) \(entry["help"] as? String ?? "")"
    case "unit": return "UNIT \(metric) \(entry["unit"] as? String ?? "")"
    default: return entry["text"] as? String ?? ""
    }
  }

  private static func text(_ entry: ExpositionEntry) -> String {
    switch entry.content {
    case .sample(let labels, let value, let timestamp, _):
      "\(labels) \(value.generalText) \(timestamp ?? -1)"
    case .type(let metric, let type): "TYPE \(metric) \(type)"
    case .help(let metric, let help): "HELP \(metric) \(help)"
    case .unit(let metric, let unit): "UNIT \(metric) \(unit)"
    case .comment(let text): text
    }
  }

  @Test func linesAreCounted() throws {
    let entries = try Exposition.entries(Array("\na{b=\"x\ny\"} 1\n# note\n".utf8), format: .prometheusText)
    #expect(entries.map(\.line) == [2, 4])
  }

  @Test func samplesAreCountedWithTheirDuplicates() throws {
    #expect(
      try Exposition.count(Array("# TYPE a gauge\na 1\na 2\nb 3 4\n".utf8), format: .prometheusText) == 3)
    #expect(throws: ExpositionError(line: 2, what: "\"x\" is not a number")) {
      try Exposition.count(Array("a 1\nb x\n".utf8), format: .prometheusText)
    }
  }

  @Test func strictlyTheSuiteOfOpenMetricsIsJudgedAsItSays() {
    var wrong: [String] = []
    for name in Conformance.folders("text/openmetrics") {
      guard let page = Conformance.file("text/openmetrics/\(name)/metrics"),
        let verdict = Conformance.lines("text/openmetrics/\(name)/test.json", whole: true).first,
        let isValid = verdict["shouldParse"] as? Bool
      else { continue }
      switch Exposition.parse(page, format: .openMetrics, strict: true) {
      case .success: if !isValid { wrong.append("accepted: \(name)") }
      case .failure(let error): if isValid { wrong.append("refused: \(name): \(error)") }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: [
    ("# TYPE a counter\na_total 1\n# TYPE a_total gauge\na_total 1\n# EOF\n", 3),
    ("a 1\nb 1\na 2\n# EOF\n", 3),
    ("# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\n# EOF\n", 3),
    ("# TYPE a counter\na_total 1 # {b=\"\(String(repeating: "x", count: 128))\"} 1\n# EOF\n", 2),
    ("# TYPE a_s info\n# UNIT a_s s\n# EOF\n", 2),
    ("a 1 1\na 1 0\n# EOF\n", 2),
  ])
  func strictMistakesHaveTheirLine(page: String, line: Int) {
    #expect(throws: Never.self) { try Exposition.parse(Array(page.utf8), format: .openMetrics).get() }
    let error = #expect(throws: ExpositionError.self) {
      try Exposition.parse(Array(page.utf8), format: .openMetrics, strict: true).get()
    }
    #expect(error?.line == line)
  }
}
