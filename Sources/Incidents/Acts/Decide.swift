import Values

/// Writes down what was decided, what was said against it, and who carries it out.
package struct Decide: Act {
  package var incident: String
  package var text: String
  /// What was said against it; `none` when it was asked for and nothing was.
  package var objections: String?
  /// A handle.
  package var executes: String?

  package init(incident: String, text: String, objections: String? = nil, executes: String? = nil) {
    self.incident = incident
    self.text = text
    self.objections = objections
    self.executes = executes
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openIncident(incident)
    guard text.hasWords else { throw Refusal("Say what was decided.") }
    if let executes, !Actor.isHandle(executes) {
      throw Refusal("\(Inert.terminal(executes)) is no handle: a-z, 0-9, dots, dashes, at most 32.")
    }
    if let last = state.decisions.last, last.text == text, last.executes == executes {
      throw Refusal("\(last.by) wrote this decision down at \(last.at.minuteUTC).")
    }
    let fact = IncidentDecided(text: text, objections: objections.words, executes: executes)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}
