import Alerting
import Metrics
import Testing

/// Prometheus' answers to annotation templates, from `shared/conformance/rules/templates.jsonl`.
@Suite(.enabled(if: SharedData.isPresent, "shared/conformance is not beside the checkout"))
struct TemplateConformanceTests {
  @Test func everyTemplateAnswersAsPrometheusDoes() throws {
    let rows = try SharedData.rows("rules/templates.jsonl")
    try #require(rows.count > 200)
    var failures: [String] = []
    for row in rows {
      let text = row["text"] as? String ?? ""
      let expected = row["ok"] as? Bool == true ? row["out"] as? String ?? "" : nil
      let answer = Self.answer(to: row, text: text)
      if answer != expected {
        failures.append("\(text) → \(answer ?? "error"), not \(expected ?? "an error")")
      }
    }
    print("templates: \(rows.count - failures.count) of \(rows.count) as in Prometheus")
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }

  /// Nil when the template is refused or fails.
  private static func answer(to row: [String: Any], text: String) -> String? {
    let samples = (row["query_result"] as? [[String: Any]] ?? []).map { sample in
      Sample(
        Labels(sample["Labels"] as? [String: String] ?? [:]), (sample["Value"] as? Double) ?? .nan)
    }
    let context = TemplateContext(
      labels: row["labels"] as? [String: String] ?? [:],
      value: Double(row["value"] as? String ?? "") ?? .nan, now: 1_700_000_000_000,
      externalLabels: ["region": "eu"], externalURL: "http://prom.example:9090/path/prefix",
      query: { _ in samples })
    do throws(TemplateError) {
      return try AnnotationTemplate(text).render(context)
    } catch {
      return nil
    }
  }
}
