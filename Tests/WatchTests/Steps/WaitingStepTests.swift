import Incidents
import Testing
import Values
import Watch

@testable import Playbooks

struct WaitingStepTests {
  private static let at = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private func run(_ key: String, system: String?, _ facts: [any Fact] = []) throws -> Run {
    let steps = [
      RunStarted.Planned(step: "1.1", title: "Wait", until: "A resolved"),
      RunStarted.Planned(step: "1.2", title: "Do"),
      RunStarted.Planned(step: "1.3", title: "Look", until: "up == 1"),
    ]
    let begun = RunStarted(
      run: key, system: system, playbook: "p", title: "P", section: nil,
      snapshot: RunStarted.Snapshot(sha256: "ab", bytes: 1, type: "text/markdown"), variables: [:],
      environment: nil, steps: steps, routine: nil)
    var run = Run(key: key)
    for fact in [begun] + facts {
      run.apply(
        Event(
          origin: "o", seq: 1, id: "e", kind: type(of: fact).kind, version: 1, occurred: Self.at, ended: nil,
          recorded: Self.at, actor: Actor(handle: "ops1", host: "jump2", uid: 1000), incident: nil,
          ticket: nil, body: try FactCoding.encode(fact)))
    }
    return run
  }

  private func mark(_ key: String, _ step: String, _ state: StepState) -> StepChanged {
    StepChanged(run: key, step: step, title: "", to: state, reason: nil, by: .hand)
  }

  @Test func onlyOpenStepsOfOpenRunsWait() throws {
    let runs = [
      try run("R-1", system: "shop"),
      try run("R-2", system: "shop", [mark("R-2", "1.1", .done), mark("R-2", "1.3", .doing)]),
      try run("R-3", system: "shop", [RunFinished(run: "R-3", outcome: .stopped)]),
      try run("R-4", system: nil), try run("R-5", system: "desk", [mark("R-5", "1.1", .todo)]),
    ]
    let alert = Until.alert("A", isFiring: false)
    #expect(
      WaitingStep.list(of: runs) == [
        "shop": [
          WaitingStep(run: "R-1", step: "1.1", until: alert),
          WaitingStep(run: "R-1", step: "1.3", until: .query("up == 1")),
          WaitingStep(run: "R-2", step: "1.3", until: .query("up == 1"), marked: Self.at),
        ],
        "desk": [
          WaitingStep(run: "R-5", step: "1.1", until: alert, marked: Self.at, isTakenBack: true),
          WaitingStep(run: "R-5", step: "1.3", until: .query("up == 1")),
        ],
      ])
  }
}
