import Incidents
import Terminal
import Values

/// What an incident is, and what was decided in it.
extension Console {
  mutating func openDescription() -> [Effect] {
    guard let incident = incident.shown(world) else { return [] }
    let known = incident.systems.flatMap { system in
      (world.snapshots[system]?.endpoints ?? []).map { "\(system)/\($0.name)" }
    }
    let names = known.isEmpty ? "system/endpoint, with commas" : known.joined(separator: ", ")
    return open(
      .form(
        Form(
          .describe(incident: incident.key), title: "describe \(incident.key)", verb: "say it",
          fields: [
            Form.Field(
              "title", "what fails", text: Inert.terminal(incident.title),
              note: "a few words that everybody understands"),
            Form.Field(
              "impact", "impact", text: incident.impact.map(Inert.terminal) ?? "",
              note: "who cannot do what; updates begin with it"),
            Form.Field(
              "affected", "affected", text: incident.affected.map(Inert.terminal).joined(separator: ", "),
              note: "of \(Inert.terminal(names))"),
            Form.Field(
              "started", "began", text: incident.started?.clockUTC ?? "",
              note: "another start moves its clocks and its ladder: -12m, 14:03, 14:03Z"),
          ])))
  }

  mutating func submitDescription(_ form: Form, _ key: String, at now: Instant) -> [Effect] {
    guard let incident = world.ledger.incident(key) else { return [] }
    var act = DescribeIncident(incident: key)
    if form["title"] != Inert.terminal(incident.title) { act.title = form["title"] }
    if form["impact"] != incident.impact.map(Inert.terminal) ?? "" { act.impact = form["impact"] }
    let affected = form["affected"].split(separator: ",").map { endpoint(String($0).trimmed, of: incident) }
    if affected != incident.affected { act.affected = affected.filter { !$0.isEmpty } }
    let began = form["started"]
    if began != incident.started?.clockUTC ?? "" {
      guard let started = NoteTime.instant(began, at: now, offset: world.zone?.offset ?? 0) else {
        shell.overlay?.fail("\(began) is no time; write -12m, 14:03 or 14:03Z.")
        return []
      }
      act.started = started
    }
    return perform(act, on: key, done: "\(key) is described", closing: true)
  }

  /// `api` means the endpoint of the incident's first system that has one of that name.
  private func endpoint(_ name: String, of incident: Incident) -> String {
    guard !name.isEmpty, !name.contains("/") else { return name }
    let system = incident.systems.first { world.endpoint($0, name) != nil } ?? incident.systems.first ?? ""
    return "\(system)/\(name)"
  }

  mutating func openDecision() -> [Effect] {
    guard let key = incident.shown(world)?.key else { return [] }
    return open(
      .form(
        Form(
          .decide(incident: key), title: "decision of \(key)", verb: "write it down",
          fields: [
            Form.Field("text", "decided", note: "what is going to be done, or not done"),
            Form.Field(
              "objections", "objections", note: "what was said when you asked for strong objections; or none"),
            Form.Field("executes", "who does it", note: "a handle; may be left empty"),
          ])))
  }

  mutating func submitDecision(_ form: Form, _ key: String) -> [Effect] {
    let who = form["executes"]
    let objections = form["objections"]
    return perform(
      Decide(
        incident: key, text: form["text"], objections: objections.isEmpty ? nil : objections,
        executes: who.isEmpty ? nil : who), on: key, done: "decided", closing: true)
  }
}
