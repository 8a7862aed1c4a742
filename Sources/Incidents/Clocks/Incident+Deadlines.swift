import Values

/// Everything that is due in an incident, from its fold alone: the figures came with its events, so no folder is
/// read, and editing one moves nothing.
extension Incident {
  /// Those that run, those that are over in one way or another, and those that come; the earliest first. An open
  /// incident's clocks, ladder, updates, call-out and time boxes; a resolved one's follow-ups, and the
  /// updates that its readers were promised.
  ///
  /// Linear in what the incident holds, but for the updates of each audience.
  package var deadlines: [Deadline] {
    guard declared != nil else { return [] }
    let all =
      isOpen
      ? clockDeadlines + rungDeadlines + updateDeadlines + callOutDeadlines + taskDeadlines
      : clockDeadlines.filter { $0.met != nil } + followUpDeadlines + (merger == nil ? promiseDeadlines : [])
    return all.sorted(by: Deadline.comesFirst)
  }

  /// The deadline of that name; of several the one that is due then, else the earliest that is open.
  package func deadline(_ clock: String, due: Instant? = nil) -> Deadline? {
    let named = deadlines.filter { $0.name.text == clock }
    if let due { return named.first { $0.due == due } }
    return named.first(where: \.isOpen) ?? named.last
  }

  /// What was said about a deadline.
  func mark(_ clock: String, due: Instant) -> ClockMark? {
    marks.first { $0.clock == clock && $0.due == due }
  }

  private func mark(_ name: ClockName, _ due: Instant) -> ClockMark? { mark(name.text, due: due) }

  /// Counted from the start.
  private var clockDeadlines: [Deadline] {
    clocks.map { clock in
      let name = ClockName.clock(clock.name)
      return Deadline(
        of: key, name, due: clock.due, from: started, met: clock.met, mark: mark(name, clock.due))
    }
  }

  /// Counted from the start. Whoever declared it stands on the rung that begins with it.
  private var rungDeadlines: [Deadline] {
    ladder.map { rung in
      let name = ClockName.rung(rung.name)
      return Deadline(
        of: key, name, due: rung.due, from: started, who: rung.contact, asks: rung.asks,
        met: started.map { rung.due <= $0 } == true ? declaredAt : nil, mark: mark(name, rung.due))
    }
  }

  /// Counted from when somebody last wrote something.
  private var callOutDeadlines: [Deadline] {
    guard let callOut, let from = lastWritten ?? declaredAt else { return [] }
    let due = from + callOut
    return [Deadline(of: key, .callOut, due: due, from: from, mark: mark(.callOut, due))]
  }

  private var taskDeadlines: [Deadline] {
    tasks.compactMap { task in
      guard let due = task.due, !task.isDropped else { return nil }
      let name = ClockName.task(task.id)
      return Deadline(
        of: key, name, due: due, from: task.at, title: task.title, who: task.owner, met: task.done,
        mark: mark(name, due))
    }
  }

  /// Counted from Resolved.
  private var followUpDeadlines: [Deadline] {
    followUps.map { followUp in
      let name = ClockName.followUp(followUp.title)
      return Deadline(of: key, name, due: followUp.due, from: resolved, mark: mark(name, followUp.due))
    }
  }
}
