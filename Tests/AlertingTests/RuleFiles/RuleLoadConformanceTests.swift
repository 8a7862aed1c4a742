import Alerting
import Testing
import Values

/// Prometheus' verdicts on rule files, from `shared/conformance/rules/load.jsonl`.
@Suite(.enabled(if: SharedData.isPresent, "shared/conformance is not beside the checkout"))
struct RuleLoadConformanceTests {
  @Test func everyFileLoadsOrIsRefusedAsInPrometheus() throws {
    let rows = try SharedData.rows("rules/load.jsonl")
    try #require(rows.count > 40)
    var failures: [String] = []
    for row in rows {
      let name = row["name"] as? String ?? ""
      let (groups, problems) = RuleFile.parse(
        row["yaml"] as? String ?? "", file: "rules.yaml", as: .prometheus)
      let errors = problems.filter { $0.weight == .error }
      if errors.isEmpty != (row["ok"] as? Bool ?? false) {
        failures.append("\(name): \(errors.map(\.description))")
      } else if errors.isEmpty, let rules = row["rules"] as? [[String: Any]] {
        let found = groups.flatMap { group in group.rules.map { Self.line(of: $0, group: group.name) } }
        let expected = rules.map(Self.line)
        if found != expected { failures.append("\(name): \(found), not \(expected)") }
      }
    }
    SharedData.report("rules load, parsed", of: rows.count, failed: failures.count)
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }

  private static func line(of rule: Rule, group: String) -> String {
    func texts(_ texts: [Rule.Text]) -> String {
      texts.map { "\($0.name)=\($0.text)" }.joined(separator: ",")
    }
    let own = rule.labels.filter { !($0.name == "team" && $0.text == "x") }
    return [
      group, rule.isAlerting ? "alert" : "record", rule.name, rule.source, rule.hold.prometheus,
      rule.keep.prometheus, texts(own), texts(rule.annotations),
    ].joined(separator: "|")
  }

  private static func line(of row: [String: Any]) -> String {
    func texts(_ key: String) -> String {
      (row[key] as? [String: String] ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: ",")
    }
    func text(_ key: String) -> String { row[key] as? String ?? "" }
    let isAlert = !text("alert").isEmpty
    var expr = text("expr")[...]
    while expr.last == "\n" { expr = expr.dropLast() }
    return [
      text("group"), isAlert ? "alert" : "record", isAlert ? text("alert") : text("record"), String(expr),
      text("for"), text("keep_firing_for"), texts("labels"), texts("annotations"),
    ].joined(separator: "|")
  }

  /// Rule files as people publish them: each loads.
  @Test func publicRuleFilesLoad() throws {
    var failures: [String] = []
    var rules = 0
    let files = try SharedData.files(in: "rules/public").filter {
      $0.hasSuffix("yml") || $0.hasSuffix("yaml")
    }
    try #require(files.count > 50)
    for file in files {
      let (groups, problems) = RuleFile.parse(
        try SharedData.text("rules/public/" + file), file: file, as: .prometheus)
      let errors = problems.filter { $0.weight == .error }
      let count = groups.reduce(0) { $0 + $1.rules.count }
      rules += count
      if !errors.isEmpty { failures.append("\(file): \(errors.map(\.description))") }
    }
    print("public rule files: \(files.count - failures.count) of \(files.count) load, \(rules) rules")
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    #expect(rules > 500)
  }
}
