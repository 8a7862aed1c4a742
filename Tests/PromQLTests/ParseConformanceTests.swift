import PromQL
import Testing

/// Verdicts and canonical texts of Prometheus 3.14's own parser.
struct ParseConformanceTests {
  @Test func verdictsTypesAndTextsAreThoseOfPrometheus() {
    let differences = differences(experimental: false) { $0["ok"] as? Bool }
    #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(40).joined(separator: "\n"))")
  }

  @Test func soTheyAreWithTheExperimentalOption() {
    let differences = differences(experimental: true) { row in
      (row["ok"] as? Bool).map { $0 || row["ok_with_experimental"] as? Bool ?? false }
    }
    #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(40).joined(separator: "\n"))")
  }

  private func differences(experimental: Bool, _ accepted: ([String: Any]) -> Bool?) -> [String] {
    var differences: [String] = []
    let options = PromQL.ParseOptions(experimental: experimental)
    for row in Conformance.lines("promql/parse.jsonl") {
      guard let input = row["input"] as? String, let ok = accepted(row) else { continue }
      let verdict = PromQL.verdict(input, options: options)
      if verdict.isAccepted != ok {
        differences.append(
          "\(input.debugDescription): \(verdict.error ?? "accepted") against \(row["err"] ?? "")")
      } else if ok, verdict.canonical != row["string"] as? String || verdict.type != row["type"] as? String {
        differences.append(
          "\(input.debugDescription): \(verdict.type ?? "") \(verdict.canonical ?? ""), not \(row["string"] ?? "")"
        )
      } else if let pretty = row["pretty"] as? String, verdict.pretty != pretty {
        differences.append("\(input.debugDescription):\n\(verdict.pretty ?? "")\ninstead of\n\(pretty)")
      }
    }
    return differences
  }

  @Test func canonicalTextsReadBackTheSame() throws {
    for row in Conformance.lines("promql/parse.jsonl") {
      guard let text = row["string"] as? String, row["ok"] as? Bool == true else { continue }
      #expect(try PromQL.parse(text).description == text)
    }
  }
}
