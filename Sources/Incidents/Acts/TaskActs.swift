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
    guard title.contains(where: { !$0.isWhitespace }) else { throw Refusal("A task needs words.") }
    let fact = IncidentTaskAdded(
      task: "\(incident)/\(state.tasks.count + 1)", title: title, owner: owner, due: box.map { now + $0 })
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
    let state = try record.incident(incident)
    guard let open = state.tasks.first(where: { $0.id == task }) else {
      throw Refusal("\(incident) has no task \(task).")
    }
    if let done = open.done { throw Refusal("\(open.title) was done at \(done.minuteUTC).") }
    let fact = IncidentTaskDone(task: task, outcome: outcome)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}
