import Values

/// Which deadlines have yet to be written as overdue, or once more, and when the next of them passes.
///
/// Deadlines are instants: a clock that is set, a machine that sleeps and a zone that changes its offset move none.
/// What was rung is not rung again before incidents are read anew, and what is written then is no more among them;
/// who decides in the end is the record, so two alarms over one journal write a deadline once.
package struct DeadlineAlarm: Sendable {
  private struct Bell: Sendable {
    let at: Instant
    let deadline: Deadline

    static func comesFirst(_ a: Self, _ b: Self) -> Bool {
      a.at == b.at ? Deadline.comesFirst(a.deadline, b.deadline) : a.at < b.at
    }
  }

  /// The latest first, so that what rings leaves from the end.
  private var waiting: [Bell]

  /// - Parameter incidents: open ones, and resolved ones with follow-ups, as they are recorded now.
  package init(_ incidents: [Incident] = []) {
    waiting = incidents.flatMap(\.deadlines)
      .compactMap { deadline in deadline.nextRecord.map { Bell(at: $0, deadline: deadline) } }
      .sorted { Bell.comesFirst($1, $0) }
  }

  /// When ``ring(at:)`` has something to say; nil when nothing waits.
  package var next: Instant? { waiting.last?.at }

  /// What to write at `now`: each that has passed, in the order in which they were due.
  package mutating func ring(at now: Instant) -> [RecordOverdue] {
    var acts: [RecordOverdue] = []
    while let bell = waiting.last, bell.at <= now {
      waiting.removeLast()
      let deadline = bell.deadline
      acts.append(
        RecordOverdue(
          incident: deadline.incident, clock: deadline.name.text, due: deadline.due,
          again: deadline.mark?.isOverdueRecorded == true ? bell.at : nil))
    }
    return acts
  }
}
