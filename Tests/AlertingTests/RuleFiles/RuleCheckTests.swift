import Alerting
import Dispatch
import Testing
import Values

/// `RuleFile.check` reads groups before their file is whole; what it says is what `parse` says.
struct RuleCheckTests {
  private static func threads(_ most: Int) -> RuleFile.Threads {
    let (queue, begun) = (DispatchQueue.global(), DispatchGroup())
    return RuleFile.Threads(
      most: most, begin: { queue.async(group: begun, execute: $0) }, join: { begun.wait() })
  }

  private static func difference(_ text: String) -> String? {
    let parsed = RuleFile.parse(text, file: "r.yml", as: .prometheus)
    let positions = parsed.groups.flatMap { $0.rules.map(\.position) }
    let duplicates = DuplicateRules.find(in: parsed.groups).map(\.positions)
    for most in 0...3 {
      let checked = RuleFile.check(text, file: "r.yml", on: threads(most))
      if checked.problems != parsed.problems {
        return "\(checked.problems.map(\.description)), not \(parsed.problems.map(\.description))"
      }
      if checked.rules.map(\.position) != positions {
        return "\(checked.rules.count) rules, not \(positions.count)"
      }
      if DuplicateRules.find(in: checked.rules).map(\.positions) != duplicates { return "other duplicates" }
    }
    return nil
  }

  @Test(arguments: [
    // Groups of Kubernetes, whose kind stands behind them.
    """
    spec: {groups: [{name: a, partial_response_strategy: warn, rules: [{record: r, expr: up}]}, {name: b}]}
    kind: PrometheusRule
    """,
    // Groups where only the other form has them, and a field that only the other form has.
    "spec: {groups: [{name: a, rules: [{record: r, expr: up}]}]}",
    "{kind: PrometheusRule, groups: [{name: a, rules: [{record: r, expr: up}]}]}",
    "groups: [{name: a, partial_response_strategy: warn}, {name: b}]",
    // The same nodes by an alias, in both places.
    """
    groups: &all [{name: a, partial_response_strategy: warn, rules: [{record: r, expr: up}]}, {name: b}]
    spec: {groups: *all}
    kind: PrometheusRule
    """,
    "groups: [&a {name: a, rules: [{record: r, expr: up}]}, *a, {<<: *a, name: c}]",
    "groups: [{name: a}, &b {name: b, rules: [{record: r, expr: '1 +'}]}, {name: c}, *b]",
    // What ends before its end, and what is no list or no mapping.
    "groups: [{name: a, rules: [{record: r, expr: '1 +'}]}, {name: b}, {name: b}, {name: c",
    "groups: [{name: a}, {name: a}, 1, [], {name: a}, {rules: []}]",
    "groups: {groups: [{name: a, rules: [{record: r, expr: up}]}]}",
    "[{groups: [{name: a, rules: [{record: r, expr: up}]}]}]",
    "{groups: [{name: a}], groups: [{name: b}]}",
    "groups: [{name: a, rules: [{record: r, expr: up}, {record: r, expr: up}]}, {name: b}]\n---\ngroups: [1]",
    "",
  ])
  func readingAheadTellsTheSame(text: String) {
    #expect(Self.difference(text) == nil)
  }

  /// Many groups, of which every seventh has a mistake.
  @Test func manyGroupsAreToldInTheirOrder() {
    let groups = (0..<300).map { number in
      let end = number % 7 == 3 ? "" : ")"
      return """
        - name: g\(number)
          rules:
            - {record: a:b, expr: 'sum(up{n="\(number)"}\(end)', labels: {n: "\(number % 250)"}}
            - {alert: A\(number), expr: up == 0, for: 5m, annotations: {text: "{{ $value }}"}}
        """
    }
    let text = "groups:\n" + groups.joined(separator: "\n") + "\n"
    let (rules, problems) = RuleFile.check(text, file: "r.yml", on: Self.threads(2))
    #expect(problems.count == 43)
    #expect(rules.count == 2 * (300 - 43))
    #expect(Self.difference(text) == nil)
  }

  @Test(.enabled(if: SharedData.isPresent, "shared/conformance is not beside the checkout"))
  func filesOfOthersAreToldTheSame() throws {
    let rows = try SharedData.rows("rules/load.jsonl").compactMap { $0["yaml"] as? String }
    let files = try SharedData.files(in: "rules/public")
      .filter { $0.hasSuffix("yml") || $0.hasSuffix("yaml") }
      .map { try SharedData.text("rules/public/" + $0) }
    try #require(rows.count > 40 && files.count > 50)
    for text in rows + files {
      let difference = Self.difference(text)
      #expect(difference == nil, "\(text.prefix(200))")
    }
  }
}
