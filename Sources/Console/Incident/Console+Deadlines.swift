import Incidents
import Terminal
import Values

/// What becomes of a deadline by hand.
enum DeadlineHandling: Equatable, Sendable {
  case snooze, dismiss, meet

  var word: String {
    switch self {
    case .snooze: "snooze"
    case .dismiss: "dismiss"
    case .meet: "say that it is done"
    }
  }
}

extension Console {
  /// What is due in the incident that is shown, the earliest first; what only a person can say is done, for that.
  func dueHere(_ handling: DeadlineHandling) -> [Deadline] {
    guard let key = incident.shown(world)?.key else { return [] }
    return world.deadlines.filter { deadline in
      guard deadline.incident == key else { return false }
      switch (handling, deadline.name) {
      case (.meet, .rung), (.meet, .followUp): return true
      case (.meet, _): return false
      case (.snooze, _), (.dismiss, _): return true
      }
    }
  }

  func whyNoDeadline(_ handling: DeadlineHandling) -> String? {
    if let reason = whyNoIncident(open: false) { return reason }
    guard dueHere(handling).isEmpty else { return nil }
    return handling == .meet
      ? "No rung and no follow-up waits; other deadlines are met by what they ask for."
      : "Nothing is due in \(incident.shown(world)?.key ?? "it")."
  }

  mutating func chooseDeadline(_ handling: DeadlineHandling, at now: Instant) -> [Effect] {
    guard let key = incident.shown(world)?.key else { return [] }
    let options = dueHere(handling).map { deadline in
      Choice.Option(
        id: Self.optionID(deadline), label: Inert.terminal(deadline.label).truncatedEnd(to: 36),
        detail: Inert.terminal("\(deadline.standing(at: now)) · \(deadline.sentence)"))
    }
    return open(
      .choice(
        Choice(
          .deadline(handling, incident: key), title: "what to \(handling.word) of \(key)", options: options)))
  }

  mutating func take(_ handling: DeadlineHandling, _ option: String, of key: String) -> [Effect] {
    guard let deadline = world.deadlines.first(where: { Self.optionID($0) == option }) else { return [] }
    let label = Inert.terminal(deadline.label).truncatedEnd(to: 30)
    switch handling {
    case .meet:
      return perform(
        MeetDeadline(incident: key, clock: deadline.name.text, due: deadline.due), on: key,
        done: "\(label) is done", closing: true)
    case .snooze:
      return open(
        .line(
          LineEntry(
            .deadline(handling, deadline.id), label: "snooze \(label) for",
            placeholder: "10m, or until 06:00Z; words behind it say why", text: "10m ")))
    case .dismiss:
      return open(
        .line(
          LineEntry(
            .deadline(handling, deadline.id), label: "dismiss \(label)",
            placeholder: "why it is not wanted; it stays in the record")))
    }
  }

  mutating func submit(
    _ text: String, _ handling: DeadlineHandling, _ id: Deadline.Identity, at now: Instant
  ) -> [Effect] {
    guard handling == .snooze else {
      return perform(
        DismissDeadline(incident: id.incident, clock: id.clock, due: id.due, reason: text), on: id.incident,
        done: "dismissed", closing: true)
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    for count in [2, 1] where words.count >= count {
      let time = words.prefix(count).joined(separator: " ")
      guard let until = ComingTime.instant(time, at: now, offset: world.zone?.offset ?? 0) else { continue }
      let reason = words.dropFirst(count).joined(separator: " ")
      return perform(
        SnoozeDeadline(
          incident: id.incident, clock: id.clock, due: id.due, until: until,
          reason: reason.isEmpty ? nil : reason),
        on: id.incident, done: "silent until \(until.clockUTC)", closing: true)
    }
    shell.overlay?.fail("Begin with a time: 10m, 06:00, 06:00Z, tomorrow 06:00.")
    return []
  }

  private static func optionID(_ deadline: Deadline) -> String {
    "\(deadline.name.text) \(deadline.due.milliseconds)"
  }
}
