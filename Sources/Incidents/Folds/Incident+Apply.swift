import Values

/// What each event does to its incident.
extension Incident {
  package static func keys(of event: Event) -> [String] {
    event.incident.map { [$0] } ?? []
  }

  package mutating func apply(_ event: Event) {
    switch event.kind {
    case IncidentDeclared.kind: applyDeclared(event)
    case IncidentDescribed.kind: applyDescribed(event)
    case IncidentStatusChanged.kind: applyStatus(event)
    case IncidentSeverityChanged.kind: applySeverity(event)
    case IncidentRoleTaken.kind: applyRole(event)
    case IncidentTaskAdded.kind, IncidentTaskDone.kind: applyTask(event)
    case ClockMet.kind, ClockOverdue.kind: applyClock(event)
    case NoteAdded.kind: notes += 1
    case SentUpdate.kind: applyUpdate(event)
    case StartedRun.kind: applyRun(event)
    default: break
    }
  }

  private mutating func applyDeclared(_ event: Event) {
    guard let fact = event.fact(IncidentDeclared.self) else { return }
    declared = fact
    declaredAt = event.occurred
    declaredBy = event.actor.handle
    title = fact.title
    impact = fact.impact
    systems = fact.systems
    severity = fact.severity
    started = fact.started
    statusSince = event.occurred
    clocks = fact.clocks.map { Clock(name: $0.clock, due: $0.due) }
  }

  private mutating func applyDescribed(_ event: Event) {
    guard let fact = event.fact(IncidentDescribed.self) else { return }
    title = fact.title ?? title
    impact = fact.impact ?? impact
    systems = fact.systems ?? systems
    started = fact.started ?? started
  }

  private mutating func applyStatus(_ event: Event) {
    guard let fact = event.fact(IncidentStatusChanged.self) else { return }
    status = fact.to
    statusSince = event.occurred
    resolved = fact.to == .resolved ? event.occurred : nil
    followUps = fact.followUps ?? (fact.to == .resolved ? followUps : [])
    dataLost = fact.dataLost ?? dataLost
  }

  private mutating func applySeverity(_ event: Event) {
    guard let fact = event.fact(IncidentSeverityChanged.self) else { return }
    severity = fact.to
    clocks = fact.clocks.map { due in
      Clock(name: due.clock, due: due.due, met: clock(due.clock)?.met)
    }
  }

  private mutating func applyRole(_ event: Event) {
    guard let fact = event.fact(IncidentRoleTaken.self) else { return }
    roles[fact.role] = fact.who
  }

  private mutating func applyTask(_ event: Event) {
    if let fact = event.fact(IncidentTaskAdded.self) {
      tasks.append(Task(id: fact.task, title: fact.title, owner: fact.owner, due: fact.due))
    } else if let fact = event.fact(IncidentTaskDone.self),
      let index = tasks.firstIndex(where: { $0.id == fact.task })
    {
      tasks[index].done = event.occurred
      tasks[index].outcome = fact.outcome
    }
  }

  private mutating func applyClock(_ event: Event) {
    if let fact = event.fact(ClockMet.self), let index = clocks.firstIndex(where: { $0.name == fact.clock }) {
      clocks[index].met = clocks[index].met ?? fact.by
    } else if let fact = event.fact(ClockOverdue.self),
      let index = clocks.firstIndex(where: { $0.name == fact.clock })
    {
      clocks[index].isOverdueRecorded = true
    }
  }

  private mutating func applyUpdate(_ event: Event) {
    guard let fact = event.fact(SentUpdate.self) else { return }
    updates.append(
      Update(at: event.occurred, audience: fact.audience, stage: fact.stage, next: fact.nextUpdate))
  }

  private mutating func applyRun(_ event: Event) {
    guard let fact = event.fact(StartedRun.self), !runs.contains(fact.run) else { return }
    runs.append(fact.run)
  }
}

/// The part of Comms' `update.sent` that an incident's clocks need.
private struct SentUpdate: Fact {
  static let kind = "update.sent"
  let audience: String?
  let stage: String?
  let nextUpdate: Instant?
}

/// The part of Playbooks' `run.started` that an incident needs.
private struct StartedRun: Fact {
  static let kind = "run.started"
  let run: String
}
