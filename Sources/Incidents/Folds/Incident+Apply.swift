import Values

/// What each event does to its incident.
extension Incident {
  package static func keys(of event: Event) -> [String] {
    event.incident.map { [$0] } ?? []
  }

  package mutating func apply(_ event: Event) {
    applyWriting(event)
    switch event.kind {
    case IncidentDeclared.kind: applyDeclared(event)
    case IncidentDescribed.kind: applyDescribed(event)
    case IncidentStatusChanged.kind: applyStatus(event)
    case IncidentSeverityChanged.kind: applySeverity(event)
    case IncidentRoleTaken.kind: applyRole(event)
    case IncidentTaskAdded.kind, IncidentTaskGiven.kind, IncidentTaskDone.kind, IncidentTaskDropped.kind,
      IncidentTaskReopened.kind:
      applyTask(event)
    case IncidentDecided.kind: applyDecision(event)
    case IncidentLinked.kind, IncidentUnlinked.kind: applyLink(event)
    case ClockMet.kind, ClockOverdue.kind, ClockSnoozed.kind, ClockDismissed.kind: applyClock(event)
    case NoteAdded.kind: notes += 1
    case SentUpdate.kind: applyUpdate(event)
    case StartedRun.kind: applyRun(event)
    default: break
    }
  }

  private mutating func applyDeclared(_ event: Event) {
    guard let fact = event.fact(IncidentDeclared.self) ?? Self.left(of: event) else { return }
    declared = fact
    declaredAt = event.occurred
    declaredBy = event.actor.handle
    origin = event.origin
    title = fact.title
    titles = [Titled(title: fact.title, since: event.occurred)]
    impact = fact.impact
    systems = fact.systems
    severity = fact.severity
    severityName = fact.severityName
    severityBy = event.actor.handle
    severitySince = event.occurred
    started = fact.started
    statusBy = event.actor.handle
    statusSince = event.occurred
    clocks = fact.clocks.map { Clock(name: $0.clock, due: $0.due) }
    ladder = fact.escalation
    cadences = fact.cadence
    callOut = fact.callOut
  }

  /// What is known of a declaration whose text was erased: that there was one, and when. The severity is the first,
  /// and says that nobody knows it.
  private static func left(of event: Event) -> IncidentDeclared? {
    guard event.body == nil, let key = event.incident else { return nil }
    return IncidentDeclared(
      number: Int(key.drop { !$0.isNumber }) ?? 0, systems: [], severity: .s1, severityName: "erased",
      title: "(erased)", impact: nil, started: event.occurred, from: nil, clocks: [], escalation: [],
      cadence: [], callOut: nil)
  }

  private mutating func applyDescribed(_ event: Event) {
    guard let fact = event.fact(IncidentDescribed.self) else { return }
    if let new = fact.title, new != title {
      title = new
      titles.append(Titled(title: new, since: event.occurred))
    }
    impact = fact.impact ?? impact
    affected = fact.affected ?? affected
    systems = fact.systems ?? systems
    started = fact.started ?? started
    move(to: fact.clocks, fact.escalation)
  }

  /// The same clocks and the same ladder at other times, with what was said of them.
  private mutating func move(to dues: [IncidentDeclared.Clock]?, _ rungs: [IncidentDeclared.Rung]?) {
    for due in dues ?? [] {
      if let old = clock(due.clock) { carry(.clock(due.clock), from: old.due, to: due.due) }
    }
    if let dues { count(dues) }
    for rung in rungs ?? [] {
      guard let old = ladder.first(where: { $0.name == rung.name }) else { continue }
      carry(.rung(rung.name), from: old.due, to: rung.due)
    }
    ladder = rungs ?? ladder
  }

  private mutating func applyStatus(_ event: Event) {
    guard let fact = event.fact(IncidentStatusChanged.self) else { return }
    status = fact.to
    statusBy = event.actor.handle
    statusSince = event.occurred
    if fact.to == .resolved {
      resolved = event.occurred
      resolutions.append(
        Resolution(at: event.occurred, by: event.actor.handle, dataLost: fact.dataLost))
    } else {
      resolved = nil
      if let last = resolutions.indices.last, resolutions[last].reopened == nil {
        resolutions[last].reopened = event.occurred
        // What was over is to be solved anew.
        answered["resolve"] = nil
        clocks = clocks.map { $0.name == "resolve" ? Clock(name: $0.name, due: $0.due) : $0 }
      }
    }
    move(to: fact.clocks, fact.escalation)
    // What a resolution made due is withdrawn with it.
    followUps = fact.followUps ?? (fact.to == .resolved ? followUps : [])
    dataLost = fact.dataLost ?? dataLost
  }

  private mutating func applySeverity(_ event: Event) {
    guard let fact = event.fact(IncidentSeverityChanged.self) else { return }
    severity = fact.to
    severityName = fact.severityName
    severityBy = event.actor.handle
    severitySince = event.occurred
    count(fact.clocks)
    ladder = fact.escalation ?? ladder
    cadences = fact.cadence ?? cadences
  }

  /// What was said of a deadline holds when its time moves; that it passed has to be seen anew.
  private mutating func carry(_ name: ClockName, from old: Instant, to new: Instant) {
    guard old != new, let index = marks.firstIndex(where: { $0.clock == name.text && $0.due == old }) else {
      return
    }
    marks[index].due = new
    marks[index].isOverdueRecorded = false
    (marks[index].told, marks[index].repeats) = (nil, 0)
  }

  /// Gives the clocks other times; what was met stays met, and what was late at another time is not late yet.
  private mutating func count(_ dues: [IncidentDeclared.Clock]) {
    clocks = dues.map { due in
      var next = clock(due.clock) ?? Clock(name: due.clock, due: due.due, met: answered[due.clock])
      if next.due != due.due {
        next.due = due.due
        next.isOverdueRecorded = false
      }
      return next
    }
  }

  private mutating func applyRole(_ event: Event) {
    guard let fact = event.fact(IncidentRoleTaken.self) else { return }
    roles[fact.role] = fact.who
    roleChanges.append(
      RoleChange(
        role: fact.role, who: fact.who, from: fact.handsOver, words: fact.words, by: event.actor.handle,
        at: event.occurred))
  }

  private mutating func applyTask(_ event: Event) {
    if let fact = event.fact(IncidentTaskAdded.self) {
      tasks.append(
        Task(
          id: fact.task, title: fact.title, owner: fact.owner, due: fact.due, by: event.actor.handle,
          at: event.occurred))
    } else if let fact = event.fact(IncidentTaskGiven.self) {
      change(fact.task) { task in
        task.owner = fact.owner
        task.due = fact.due
      }
    } else if let fact = event.fact(IncidentTaskDone.self) {
      change(fact.task) { task in
        (task.done, task.doneBy) = (event.occurred, event.actor.handle)
        (task.outcome, task.isDropped) = (fact.outcome, false)
      }
    } else if let fact = event.fact(IncidentTaskDropped.self) {
      change(fact.task) { task in
        (task.done, task.doneBy) = (event.occurred, event.actor.handle)
        (task.outcome, task.isDropped) = (fact.reason, true)
      }
    } else if let fact = event.fact(IncidentTaskReopened.self) {
      change(fact.task) { task in
        (task.done, task.doneBy, task.outcome, task.isDropped) = (nil, nil, nil, false)
        task.due = fact.due
      }
    }
  }

  private mutating func change(_ task: String, _ body: (inout Task) -> Void) {
    guard let index = tasks.firstIndex(where: { $0.id == task }) else { return }
    body(&tasks[index])
  }

  private mutating func applyDecision(_ event: Event) {
    guard let fact = event.fact(IncidentDecided.self) else { return }
    decisions.append(
      Decision(
        text: fact.text, objections: fact.objections, executes: fact.executes, by: event.actor.handle,
        at: event.occurred))
  }

  private mutating func applyLink(_ event: Event) {
    if let fact = event.fact(IncidentLinked.self) {
      links.append(
        Link(
          to: fact.to, kind: fact.as, incoming: fact.incoming ?? false, title: fact.title,
          by: event.actor.handle, at: event.occurred))
      inherited += (fact.promises ?? []).map {
        Inherited(from: fact.to, at: event.occurred, audience: $0.audience, next: $0.next)
      }
    } else if let fact = event.fact(IncidentUnlinked.self) {
      if fact.as == .merged { inherited.removeAll { $0.from == fact.to } }
      links.removeAll {
        $0.to == fact.to && $0.kind == fact.as && $0.incoming == (fact.incoming ?? false)
      }
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
struct SentUpdate: Fact {
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
