import Incidents
import Values

/// Lets a run go on with the text that its playbook has now; what is known of steps that are still there stays.
package struct MoveRun: Act {
  package var run: String
  /// SHA-256 of the text that ``drift`` begins at, in lower-case hex: the run has to go by it.
  package var from: String
  /// The new text's bytes, and their SHA-256.
  package var text: [UInt8]
  package var sha256: String
  package var steps: [RunStarted.Planned]
  package var drift: Drift

  /// - Parameters:
  ///   - old: read from the run's snapshot.
  ///   - from: the snapshot's digest.
  ///   - sha256: of the UTF-8 bytes of `new`'s text.
  package init(
    _ run: Run, from old: PlaybookDocument, _ from: String, to new: PlaybookDocument, sha256: String
  ) {
    self.run = run.key
    self.from = from
    text = Array(new.text.utf8)
    self.sha256 = sha256
    let section = run.started?.section
    drift = Drift(from: old, to: new, under: section)
    steps = drift.isSectionGone ? [] : new.steps(under: section).map { RunStarted.Planned($0) }
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openRun(run)
    guard state.snapshot != sha256 else { throw Refusal("\(run) goes by this text already.") }
    guard state.snapshot == from else {
      throw Refusal("\(run) was moved over to another text meanwhile; look at what changed once more.")
    }
    if let open = state.openExecutions.first {
      throw Refusal(
        "A command of \(open.started.step) is still running, since \(open.at.minuteUTC); "
          + "let it end, or cancel it, before the run moves over.")
    }
    if drift.isSectionGone {
      throw Refusal(
        "The section #\(Inert.terminal(state.started?.section ?? "")) is not in the new text; "
          + "finish \(run) and start a new run.")
    }
    guard !steps.isEmpty else {
      throw Refusal("The new text has no steps here; finish \(run) by the one it has.")
    }
    let numbers = drift.numbers
    let lost = Set(drift.lost)
    let known = state.order
    // Whoever read the text as of then with other eyes does not know which step is which.
    guard Set(known) == lost.union(numbers.keys) else {
      throw Refusal("The steps of \(run) are not those of the text that it is said to go by.")
    }
    let fact = RunMoved(
      run: run,
      snapshot: RunStarted.Snapshot(sha256: sha256, bytes: text.count, type: "text/markdown"),
      kept: known.filter { numbers[$0] != nil }, lost: known.filter { lost.contains($0) },
      renumbered: numbers.filter { $0.key != $0.value }, steps: steps)
    return Decision(append: [Entry(fact, at: now, incident: state.incident)], blobs: [text])
  }
}
