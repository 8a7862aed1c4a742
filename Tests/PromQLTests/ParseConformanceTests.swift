import PromQL
import Testing

/// Verdicts and canonical texts of Prometheus 3.14's own parser.
struct ParseConformanceTests {
  @Test func verdictsTypesAndTextsAreThoseOfPrometheus() {
    var differences: [String] = []
    for row in Conformance.lines("promql/parse.jsonl") {
      guard let input = row["input"] as? String, let ok = row["ok"] as? Bool else { continue }
      do {
        let expr = try PromQL.parse(input)
        if !ok {
          differences.append("accepted \(input.debugDescription): \(row["err"] ?? "")")
        } else if expr.description != row["string"] as? String {
          differences.append("\(input.debugDescription): \(expr) instead of \(row["string"] ?? "")")
        } else if expr.valueType.rawValue != row["type"] as? String {
          differences.append("\(input.debugDescription) is a \(expr.valueType), not a \(row["type"] ?? "")")
        }
      } catch {
        if ok { differences.append("refused \(input.debugDescription): \(error)") }
      }
    }
    #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(40).joined(separator: "\n"))")
  }

  @Test func fillingIsReadWhenItIsEnabled() throws {
    for row in Conformance.lines("promql/parse.jsonl") where row["ok_with_experimental"] as? Bool == true {
      guard let input = row["input"] as? String, input.contains("fill") else { continue }
      let expr = try PromQL.parse(input, options: PromQL.ParseOptions(experimental: true))
      #expect(expr.description == row["string"] as? String)
    }
  }

  @Test func canonicalTextsReadBackTheSame() throws {
    for row in Conformance.lines("promql/parse.jsonl") {
      guard let text = row["string"] as? String, row["ok"] as? Bool == true else { continue }
      #expect(try PromQL.parse(text).description == text)
    }
  }
}
