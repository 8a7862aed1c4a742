import Values

/// A deadline of an incident passed; written once, with the time when it was due, and of an update once more for each
/// further period of its cadence.
package struct RecordOverdue: Act {
  package var incident: String
  /// ``ClockName/text``.
  package var clock: String
  package var due: Instant
  /// ``Deadline/nextRepeat``; nil the first time.
  package var again: Instant?

  package init(incident: String, clock: String, due: Instant, again: Instant? = nil) {
    self.incident = incident
    self.clock = clock
    self.due = due
    self.again = again
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let deadline = try record.incident(incident).deadline(clock, due: due) else { return Decision() }
    let isDue = again.map { $0 <= now && $0 == deadline.nextRepeat } ?? deadline.isUnrecorded(at: now)
    guard isDue else { return Decision() }
    let fact = ClockOverdue(
      clock: clock, due: due, title: deadline.title,
      again: again.map { _ in (deadline.mark?.repeats ?? 0) + 1 })
    return Decision(append: [Entry(fact, at: again ?? due, incident: incident)])
  }
}

/// Says that what a rung or a follow-up asked for was done; other deadlines are met by what they ask for.
package struct MeetDeadline: Act {
  package var incident: String
  package var clock: String
  /// Nil: the earliest of that name that is open.
  package var due: Instant?

  package init(incident: String, clock: String, due: Instant? = nil) {
    self.incident = incident
    self.clock = clock
    self.due = due
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let deadline = try record.openDeadline(clock, due: due, of: incident)
    switch deadline.name {
    case .rung, .followUp: break
    case .clock("respond"): throw Refusal("respond is met by whoever acknowledges the alert or takes a role.")
    case .clock("mitigate"):
      throw Refusal("mitigate is met by the first step done or command run for it, or by Monitoring.")
    case .clock: throw Refusal("\(deadline.title) is met when \(incident) is resolved.")
    case .update: throw Refusal("An update is met by the next one that goes out.")
    case .callOut: throw Refusal("The call-out is met by anything that somebody writes, such as a note.")
    case .task: throw Refusal("A time box is met when its task is done.")
    }
    return Decision(append: [
      Entry(ClockMet(clock: clock, due: deadline.due, by: now), at: now, incident: incident)
    ])
  }
}

/// Silences a deadline until a later time; then it is back.
package struct SnoozeDeadline: Act {
  package var incident: String
  package var clock: String
  /// Nil: the earliest of that name that is open.
  package var due: Instant?
  package var until: Instant
  package var reason: String?

  package init(
    incident: String, clock: String, due: Instant? = nil, until: Instant, reason: String? = nil
  ) {
    self.incident = incident
    self.clock = clock
    self.due = due
    self.until = until
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let deadline = try record.openDeadline(clock, due: due, of: incident)
    guard until > now else {
      throw Refusal("\(until.dateClockUTC) is past; a snooze ends later than now.")
    }
    guard until > deadline.due else {
      throw Refusal(
        "\(deadline.title) is not due before \(deadline.due.dateClockUTC); snooze it for longer, or not at all."
      )
    }
    let fact = ClockSnoozed(
      clock: clock, due: deadline.due, until: until, reason: reason, title: deadline.title)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Silences a deadline for good, and says why; it stays in the record.
package struct DismissDeadline: Act {
  package var incident: String
  package var clock: String
  /// Nil: the earliest of that name that is open.
  package var due: Instant?
  package var reason: String

  package init(incident: String, clock: String, due: Instant? = nil, reason: String) {
    self.incident = incident
    self.clock = clock
    self.due = due
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let deadline = try record.openDeadline(clock, due: due, of: incident)
    guard reason.contains(where: { !$0.isWhitespace }) else { throw Refusal("Say why it is not wanted.") }
    let fact = ClockDismissed(clock: clock, due: deadline.due, reason: reason, title: deadline.title)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

extension Record {
  /// The deadline, or a refusal: there is none of that name, or it is over.
  fileprivate func openDeadline(_ clock: String, due: Instant?, of key: String) throws -> Deadline {
    let incident = try incident(key)
    guard let deadline = incident.deadline(clock, due: due) else {
      let open = incident.deadlines.filter(\.isOpen).map(\.name.text)
      throw Refusal(
        "\(key) has no deadline \(clock)\(due.map { " due \($0.dateClockUTC)" } ?? ""); "
          + (open.isEmpty ? "none runs." : "it has \(open.joined(separator: ", "))."))
    }
    if let met = deadline.met { throw Refusal("\(deadline.title) was met at \(met.minuteUTC).") }
    if let at = deadline.mark?.dismissed {
      throw Refusal(
        "\(deadline.title) was dismissed by \(deadline.mark?.by ?? "somebody") at \(at.minuteUTC).")
    }
    return deadline
  }
}
