import Testing
import Values

@testable import Playbooks

struct FrontMatterTests {
  @Test func readsEveryKey() throws {
    let (document, problems) = read(
      """
      ---
      title: High error rate
      alerts: [PackErrorRateWarn, PackErrorRatePage]
      services: [packs]
      roles: [operations, communications]
      escalation:
        - {name: L2, at: 15m, contact: secondary, playbook: full-rollback#start}
        - {name: L1, at: 0m}
      review: 30d
      variables:
        USER_ID:
          ask: Whose requests?
          pattern: "[A-Za-z0-9_-]+"
        MODE: {default: slow, choices: [slow, fast]}
        KEY: {secret: true}
        TENANT: {from: alert.labels.tenant}
      keep: [TOTAL, ERRORS]
      destructive: [firebase deploy]
      timeout: 2m
      steps:
        Turn purchases off:
          role: operations
          due: 5m
          undo: Turn purchases on again
        "1.2":
          check: true
          every: 10s
          for: 5m
          timeout: 45s
        Search the logs:
          exits: {0: found, 1: none found}
          output: secret
        Follow:
          background: true
        Wait:
          until: PackErrorRatePage resolved
      ---
      # High

      1. Turn purchases off: now.
      2. Check the health endpoint.
      3. Search the logs for what fails.
      4. Follow the log.
      5. Wait until it is better.
      """)
    #expect(problems.isEmpty)
    let settings = document.settings
    #expect(document.title == "High error rate")
    #expect(settings.alerts == ["PackErrorRateWarn", "PackErrorRatePage"])
    #expect(settings.services == ["packs"])
    #expect(settings.roles.map(\.name) == ["operations", "communications"])
    #expect(settings.roles.map(\.position) == [Position(line: 5, column: 9), Position(line: 5, column: 21)])
    #expect(settings.escalation.map(\.name) == ["L1", "L2"])
    #expect(settings.escalation.map(\.after) == [.zero, .minutes(15)])
    #expect(settings.escalation.last?.contact?.name == "secondary")
    #expect(settings.escalation.last?.playbook?.name == "full-rollback#start")
    #expect(settings.escalation.last?.playbook?.position == Position(line: 7, column: 55))
    #expect(settings.review == .days(30))
    #expect(settings.keep == ["TOTAL", "ERRORS"])
    #expect(settings.destructive == ["firebase deploy"])
    #expect(settings.timeout == .minutes(2))
    #expect(settings.variables.map(\.name) == ["USER_ID", "MODE", "KEY", "TENANT"])
    #expect(settings.variables.map(\.isSecret) == [false, false, true, false])
    #expect(settings.variables.last?.from == "alert.labels.tenant")
    #expect(settings.variables[1].objection(to: "medium") == "MODE is one of slow, fast.")
    #expect(settings.variables[0].objection(to: "a b") == "USER_ID does not match [A-Za-z0-9_-]+.")
    let steps = document.steps.map(\.settings)
    try #require(steps.count == 5)
    #expect(steps[0].role == "operations" && steps[0].due == .minutes(5))
    #expect(steps[0].undo == "Turn purchases on again")
    #expect(steps[1].timeout == .seconds(45) && steps[2].timeout == nil)
    #expect(steps[1].isCheck && steps[1].every == .seconds(10) && steps[1].repeatsFor == .minutes(5))
    #expect(steps[2].exits == [0: "found", 1: "none found"] && steps[2].output == .secret)
    #expect(steps[3].isBackground)
    #expect(steps[4].until == .alert("PackErrorRatePage", isFiring: false))
  }

  @Test func tellsEveryMistakeAtItsPlace() {
    let (document, problems) = read(
      """
      ---
      titel: x
      review: soon
      variables:
        A: {pattern: "["}
        B: {choices: [x], default: y}
      steps:
        Nothing like this: {role: x}
        Do:
          every: 5s
          output: loud
          timeout: never
          due: 5
      escalation:
        - {name: L1}
        - {at: 5m}
        - {name: L1, at: soon}
        - {name: L2, at: 1m, whom: x}
        - {name: L2, at: 2m}
      roles: {a: b}
      ---
      1. Do it
      """, file: "p.md")
    #expect(document.steps.count == 1)
    #expect(
      problems.sorted().map { "\($0.position.line):\($0.position.column)" } == [
        "2:1", "3:9", "5:16", "6:21", "8:3", "10:5", "11:5", "12:14", "13:10", "15:5", "16:5", "17:20",
        "18:24", "19:6",
        "20:8",
      ])
    #expect(problems.contains { $0.remedy == "did you mean \"title\"?" })
  }

  @Test(arguments: [
    ("health up", Until.endpoint("health", isUp: true)), ("health down", .endpoint("health", isUp: false)),
    ("A firing", .alert("A", isFiring: true)), ("up == 1", .query("up == 1")), ("up", .query("up")),
  ])
  func untilIsAlertEndpointOrQuery(_ text: String, _ until: Until) {
    #expect(Until(text) == until)
  }
}
