import Values

/// Asks somebody to do something in an incident, with a time box if there is one.
package struct AddTask: Act {
  package var incident: String
  package var title: String
  package var owner: String?
  package var box: Span?

  package init(incident: String, title: String, owner: String? = nil, box: Span? = nil) {
    self.incident = incident
    self.title = title
    self.owner = owner
    self.box = box
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openIncident(incident)
    guard title.hasWords else { throw Refusal("A task needs words.") }
    try TaskRules.check(owner: owner, box: box)
    if let same = state.openTasks.first(where: { $0.title == title && $0.owner == owner }) {
      throw Refusal("\(same.by) asked for this at \(same.at.minuteUTC); it is \(same.id).")
    }
    let fact = IncidentTaskAdded(
      task: "\(incident)/\(state.tasks.count + 1)", title: title, owner: owner, due: box.map { now + $0 })
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Gives a task to somebody else, or another time box, or both.
package struct GiveTask: Act {
  package var incident: String
  package var task: String
  /// A handle; nil: nobody has it.
  package var owner: String?
  /// A new time box from now; nil keeps the one there is.
  package var box: Span?
  package var reason: String?

  package init(incident: String, task: String, owner: String?, box: Span? = nil, reason: String? = nil) {
    self.incident = incident
    self.task = task
    self.owner = owner
    self.box = box
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let open = try TaskRules.open(task, of: incident, in: record)
    try TaskRules.check(owner: owner, box: box)
    guard owner != open.owner || box != nil else {
      throw Refusal(
        owner.map { "\($0) has \(Inert.terminal(open.title)) already." }
          ?? "Nobody has \(Inert.terminal(open.title)).")
    }
    let fact = IncidentTaskGiven(
      task: task, title: open.title, owner: owner, due: box.map { now + $0 } ?? open.due,
      reason: reason.words)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Ends a task with what came of it.
package struct FinishTask: Act {
  package var incident: String
  package var task: String
  package var outcome: String?

  package init(incident: String, task: String, outcome: String? = nil) {
    self.incident = incident
    self.task = task
    self.outcome = outcome
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let open = try TaskRules.open(task, of: incident, in: record)
    let fact = IncidentTaskDone(task: task, title: open.title, outcome: outcome.words)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Says that nobody does a task any more, and why.
package struct DropTask: Act {
  package var incident: String
  package var task: String
  package var reason: String

  package init(incident: String, task: String, reason: String) {
    self.incident = incident
    self.task = task
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let open = try TaskRules.open(task, of: incident, in: record)
    guard reason.hasWords else { throw Refusal("Say why nobody has to do it any more.") }
    let fact = IncidentTaskDropped(task: task, title: open.title, reason: reason)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Puts a task that was done or dropped back among those to do.
package struct ReopenTask: Act {
  package var incident: String
  package var task: String
  package var box: Span?
  package var reason: String?

  package init(incident: String, task: String, box: Span? = nil, reason: String? = nil) {
    self.incident = incident
    self.task = task
    self.box = box
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let known = try TaskRules.task(task, of: try record.unmergedIncident(incident))
    guard !known.isOpen else { throw Refusal("\(Inert.terminal(known.title)) is to do; it was not done.") }
    try TaskRules.check(owner: nil, box: box)
    let fact = IncidentTaskReopened(
      task: task, title: known.title, due: box.map { now + $0 }, reason: reason.words)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// What acts on tasks have in common.
private enum TaskRules {
  /// Longer is no box.
  static let longestBox = Span.days(7)

  static func check(owner: String?, box: Span?) throws {
    if let owner, !Actor.isHandle(owner) {
      throw Refusal("\(Inert.terminal(owner)) is no handle: a-z, 0-9, dots, dashes, at most 32.")
    }
    if let box, box <= .zero || box > longestBox {
      throw Refusal("\(box.short) is no time box; give a task from a second to a week.")
    }
  }

  static func task(_ id: String, of incident: Incident) throws -> Incident.Task {
    guard let task = incident.tasks.first(where: { $0.id == id }) else {
      let all = incident.tasks.map(\.id).joined(separator: ", ")
      throw Refusal(
        "\(incident.key) has no task \(Inert.terminal(id)); \(all.isEmpty ? "it has none" : "it has \(all)")."
      )
    }
    return task
  }

  /// A task that is still to be done; of a resolved incident, too.
  static func open(_ id: String, of incident: String, in record: some Record) throws -> Incident.Task {
    let task = try task(id, of: try record.unmergedIncident(incident))
    if let done = task.done {
      throw Refusal(
        "\(Inert.terminal(task.title)) was \(task.isDropped ? "dropped" : "done") by "
          + "\(task.doneBy ?? "somebody") at \(done.minuteUTC).")
    }
    return task
  }
}
