import Playbooks
import Values

/// Times by which steps of open runs are to be done, and that the journal does not call over yet.
package struct StepDeadlines: Sendable {
  /// The earliest first.
  private let acts: [RecordStepOverdue]

  /// O(steps).
  package init(_ runs: [Run] = []) {
    var acts: [RecordStepOverdue] = []
    for run in runs where run.isOpen {
      for planned in run.steps where !run.state(of: planned.step).isSettled {
        guard let due = run.due(of: planned), run.overdueTold[planned.step] != due else { continue }
        acts.append(RecordStepOverdue(run: run.key, step: planned.step, due: due))
      }
    }
    self.acts = acts.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
      .map(\.element)
  }

  /// What to write at `now`. O(what is over).
  package func over(at now: Instant) -> [RecordStepOverdue] { Array(acts.prefix { $0.due <= now }) }
}
