import Alerting
import Metrics
import PromQL
import Testing
import Values

@Suite struct RuleAnswerTests {
  private func group() throws -> RuleGroup {
    let (groups, problems) = RuleFile.parse(
      """
      groups:
        - name: g
          rules:
            - alert: Slow
              expr: rate(busy_seconds_total{job="a"}[5m] offset 1m) > 0.5 and on (instance) up == 1
              for: 10s
              labels: {severity: page}
      """, file: "rules.yaml")
    try #require(problems.isEmpty, "\(problems)")
    return RuleGroup(try #require(groups.first))
  }

  private let found = Element(Labels(["instance": "i1", "job": "a"]), 0.75)

  @Test func theStateMachineTakesWhatWasAnswered() throws {
    var group = try group()
    var store = Store()
    let first = group.evaluate(at: 0, given: [RuleAnswer(.success([found]))], in: &store)
    #expect(first.transitions.map(\.to) == [.pending])
    let second = group.evaluate(
      at: 10_000, given: [RuleAnswer(.success([found]), remarks: ["slow"])], in: &store)
    #expect(second.transitions.map(\.to) == [.firing] && second.transitions.first?.value == 0.75)
    #expect(second.outcomes.first?.hints == ["slow"])
    // No answer leaves it as it is, and says why.
    let third = group.evaluate(
      at: 20_000, given: [RuleAnswer(.failure(RemoteRefusal("It is gone.")))], in: &store)
    #expect(third.transitions.isEmpty && third.outcomes.first?.error == "It is gone.")
    #expect(group.firing.count == 1)
  }

  @Test func whileItFiresItsSeriesAreAskedFor() throws {
    var group = try group()
    var store = Store()
    #expect(group.questions.map(\.evidence.count) == [0])
    _ = group.evaluate(at: 0, given: [RuleAnswer(.success([found]))], in: &store)
    _ = group.evaluate(at: 10_000, given: [RuleAnswer(.success([found]))], in: &store)
    let asked = try #require(group.questions.first)
    #expect(asked.evidence.map(\.selector) == [#"busy_seconds_total{job="a"} offset 1m"#, "up"])
    #expect(
      asked.evidence.map(\.query) == [
        #"group by (instance, job) (last_over_time(busy_seconds_total{job="a"}[5m] offset 1m))"#,
        "group by (instance, job) (up)",
      ])
    for evidence in asked.evidence { _ = try PromQL.parse(evidence.query) }
  }

  @Test(arguments: [(["i1"], AlertEnd.recovered), (["i2"], .noData), ([], .noData)])
  func anAlertWhoseSeriesAreGoneDidNotRecover(_ instances: [String], _ end: AlertEnd) throws {
    var group = try group()
    var store = Store()
    _ = group.evaluate(at: 0, given: [RuleAnswer(.success([found]))], in: &store)
    _ = group.evaluate(at: 10_000, given: [RuleAnswer(.success([found]))], in: &store)
    let labels = instances.map { Labels(["instance": $0, "job": "a"]) }
    let evidence = [#"busy_seconds_total{job="a"} offset 1m"#: labels]
    let last = group.evaluate(at: 20_000, given: [RuleAnswer(.success([]), evidence: evidence)], in: &store)
    #expect(last.transitions.map(\.end) == [end])
  }
}
