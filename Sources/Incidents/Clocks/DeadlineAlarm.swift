import Values

/// Which deadlines have yet to be written as overdue, and when the next of them passes.
///
/// Deadlines are instants: a clock that is set, a machine that sleeps and a zone that changes its offset move none.
/// What was rung is not rung again before incidents are read anew, and what is written then is no more among them;
/// who decides in the end is the record, so two alarms over one journal write a deadline once.
package struct DeadlineAlarm: Sendable {
  /// The latest first, so that what rings leaves from the end.
  private var waiting: [Deadline]

  /// - Parameter incidents: open ones, and resolved ones with follow-ups, as they are recorded now.
  package init(_ incidents: [Incident] = []) {
    waiting = incidents.flatMap(\.deadlines).filter(\.isToRecord).sorted { Deadline.comesFirst($1, $0) }
  }

  /// When ``ring(at:)`` has something to say; nil when nothing waits.
  package var next: Instant? { waiting.last?.due }

  /// What to write at `now`: each that has passed, in the order in which they were due.
  package mutating func ring(at now: Instant) -> [RecordOverdue] {
    var acts: [RecordOverdue] = []
    while let first = waiting.last, first.due <= now {
      waiting.removeLast()
      acts.append(RecordOverdue(incident: first.incident, clock: first.name.text, due: first.due))
    }
    return acts
  }
}
