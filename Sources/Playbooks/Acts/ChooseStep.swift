import Incidents
import Values

/// Takes one of several ways out: it is begun, and the others do not apply.
package struct ChooseStep: Act {
  package var run: String
  package var step: String
  /// The ways that are not taken.
  package var others: [String]

  package init(run: String, step: String, others: [String]) {
    self.run = run
    self.step = step
    self.others = others
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (state, planned) = try record.openRun(run, step: step)
    if let mark = state.marks[step], mark.state != .todo {
      throw Refusal("\(step) was \(state.told(mark)).")
    }
    let begun = StepChanged(run: run, step: step, title: planned.title, to: .doing, reason: nil, by: .hand)
    var entries: [Entry] = []
    for other in others where !state.state(of: other).isSettled {
      guard let planned = state.steps.first(where: { $0.step == other }) else { continue }
      let fact = StepChanged(
        run: run, step: other, title: planned.title, to: .notApplicable, reason: "\(step) was chosen",
        by: .hand)
      entries.append(Entry(fact, at: now, incident: state.incident))
    }
    // A step of the way taken stands last: the run goes on there.
    return Decision(append: entries + [Entry(begun, at: now, incident: state.incident)])
  }
}

/// Takes a choice back: all of its ways are open again.
package struct UnchooseStep: Act {
  package var run: String
  /// The way that was taken, and the others.
  package var steps: [String]
  package var reason: String?

  package init(run: String, steps: [String], reason: String? = nil) {
    self.run = run
    self.steps = steps
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var entries: [Entry] = []
    var refused: String?
    for step in steps {
      let (state, planned) = try record.openRun(run, step: step)
      guard let mark = state.marks[step], [.doing, .notApplicable].contains(mark.state),
        mark.by == actor.handle
      else {
        refused = state.marks[step].map {
          "\(step) was \(state.told($0)); undo takes back only what you did."
        }
        continue
      }
      let fact = StepChanged(
        run: run, step: step, title: planned.title, to: .todo, reason: reason, by: .hand)
      entries.append(Entry(fact, at: now, incident: state.incident))
    }
    guard !entries.isEmpty else {
      throw Refusal(refused ?? "Nothing was chosen there; there is nothing to take back.")
    }
    return Decision(append: entries)
  }
}
