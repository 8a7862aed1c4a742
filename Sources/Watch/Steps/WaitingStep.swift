import Playbooks
import Values

/// A step of an open run that ticks itself once something holds.
package struct WaitingStep: Hashable, Sendable {
  package let run: String
  /// Its number.
  package let step: String
  package let until: Until
  /// When it was marked last; nil when it never was.
  package let marked: Instant?
  /// Whether somebody took its tick back: then what it waits for has to end before it counts again.
  package let isTakenBack: Bool

  package init(
    run: String, step: String, until: Until, marked: Instant? = nil, isTakenBack: Bool = false
  ) {
    self.run = run
    self.step = step
    self.until = until
    self.marked = marked
    self.isTakenBack = isTakenBack
  }

  /// What the open ones of `runs` wait for, by system; steps on which nothing is left to do wait for nothing.
  package static func list(of runs: [Run]) -> [String: [WaitingStep]] {
    var found: [String: [WaitingStep]] = [:]
    for run in runs where run.isOpen {
      guard let system = run.started?.system else { continue }
      for planned in run.steps {
        guard let until = planned.until, !run.state(of: planned.step).isSettled else { continue }
        let mark = run.marks[planned.step]
        found[system, default: []].append(
          WaitingStep(
            run: run.key, step: planned.step, until: Until(until), marked: mark?.at,
            isTakenBack: mark?.state == .todo))
      }
    }
    return found
  }
}
