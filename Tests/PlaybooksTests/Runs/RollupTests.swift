import Incidents
import TestSupport
import Testing
import Values

@testable import Playbooks

/// A step with sub-steps is done by its own tick, or once they are all settled.
@Suite struct RollupTests {
  private static let steps = ["1.1", "1.2", "1.2.1", "1.2.2", "1.2.2.1", "1.2.2.2", "1.3", "1.3.1"]

  private static func run(_ marks: [String: StepState], undo: String? = nil) -> Run {
    var run = Run(key: "R-1")
    run.steps = steps.map {
      RunStarted.Planned(step: $0, title: "Step \($0)", undo: $0 == undo ? "the other way" : nil)
    }
    for (step, state) in marks {
      run.marks[step] = Run.Mark(
        state: state, reason: nil, by: "ops1", at: Instant(milliseconds: 0), means: .hand)
    }
    return run
  }

  @Test(
    arguments: [
      ([:], "1.2", StepState.todo, 0),
      (["1.2.1": .done], "1.2", .todo, 1),
      (["1.2.2.1": .done, "1.2.2.2": .skipped], "1.2.2", .done, 3),
      (["1.2.1": .done, "1.2.2.1": .done, "1.2.2.2": .notApplicable], "1.2", .done, 5),
      (["1.2.1": .done, "1.2.2": .done], "1.2", .done, 3),
      (["1.2.1": .done, "1.2.2": .failed], "1.2", .todo, 1),
      (["1.2": .done], "1.2", .done, 1),
      (["1.2": .doing, "1.2.1": .done, "1.2.2": .done], "1.2", .doing, 2),
      (["1.1": .unknown], "1.1", .unknown, 0),
    ] as [([String: StepState], String, StepState, Int)])
  func states(_ marks: [String: StepState], _ step: String, _ expected: StepState, _ settled: Int) {
    let run = Self.run(marks)
    #expect(run.state(of: step) == expected)
    #expect(run.states[step] == expected)
    #expect(run.progress.settled == settled)
    #expect(run.progress.of == Self.steps.count)
  }

  @Test func oneByOneAndAllAtOnceSayTheSame() {
    var seed: UInt64 = 7
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    for _ in 0..<300 {
      var marks: [String: StepState] = [:]
      for step in Self.steps where next(3) > 0 {
        marks[step] = StepState.allCases[next(StepState.allCases.count)]
      }
      let run = Self.run(marks, undo: next(2) == 0 ? "1.2" : nil)
      for step in Self.steps { #expect(run.states[step] == run.state(of: step), "\(step) of \(marks)") }
    }
  }

  @Test func whatLeavesSomethingInForceIsTickedItself() {
    let run = Self.run(["1.3.1": .done], undo: "1.3")
    #expect(run.state(of: "1.3") == .todo)
    #expect(run.progress(below: "1.3").settled == 1)
    #expect(Self.run(["1.3.1": .done]).state(of: "1.3") == .done)
  }

  @Test func howManySubStepsAreSettled() {
    let run = Self.run(["1.2.1": .done, "1.2.2.1": .done])
    #expect(run.progress(below: "1.2") == (1, 2))
    #expect(run.progress(below: "1.2.2") == (1, 2))
    #expect(run.progress(below: "1.1") == (0, 0))
  }
}
