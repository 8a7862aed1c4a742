import Alerting
import Testing
import Values

struct DuplicateRulesTests {
  /// Across groups, alerts too, and by all labels, those of the group among them.
  @Test func rulesAreAlikeByNameAndLabels() {
    let text = """
      groups:
        - name: g
          labels: {team: a}
          rules:
            - {record: r, expr: up}
            - {alert: A, expr: up}
        - name: h
          rules:
            - {record: r, expr: up == 1, labels: {team: a}}
            - {record: r, expr: up}
            - {alert: A, expr: down, labels: {team: a}}
      """
    let duplicates = DuplicateRules.find(in: RuleFile.parse(text, file: "r.yml", as: .prometheus).groups)
    #expect(duplicates.map(\.name) == ["A", "r"])
    #expect(duplicates.map { $0.positions.map(\.line) } == [[6, 11], [5, 9]])
    #expect(duplicates.flatMap { $0.labels.map { "\($0.name)=\($0.text)" } } == ["team=a", "team=a"])
    // In a system only what records the same series twice is worth a warning.
    #expect(RuleFile.parse(text, file: "r.yml").problems.map(\.position.line) == [9])
  }
}
