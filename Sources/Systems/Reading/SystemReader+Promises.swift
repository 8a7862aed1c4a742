import Documents
import Incidents
import Values

/// Severities and clocks, escalation, cadence, follow-ups.
extension SystemReader {
  mutating func readPromises(_ reader: inout YAMLReader) {
    readSeverities(&reader)
    readEscalation(&reader)
    readCadence(&reader)
    readFollowUps(&reader)
    readDeclarations(&reader)
    let roles = reader.strings("roles")
    if !roles.isEmpty { system.roles = roles }
    system.callOut = reader.span("call_out")
  }

  private mutating func readSeverities(_ reader: inout YAMLReader) {
    guard var names = reader.mapping("severities", of: "severities") else { return }
    for key in names.names {
      guard let node = names.node(key) else { continue }
      guard let severity = Severity(rawValue: key),
        let index = system.severities.firstIndex(where: { $0.severity == severity })
      else {
        names.complain(
          "the severities are S1 to S4, and here is \"\(Inert.terminal(key))\"",
          remedy: "write `\(key.count < 20 ? "S3: {name: \(Inert.terminal(key))}" : "S3")`",
          at: names.position(of: key))
        continue
      }
      var inner = names.reader(node, of: "a severity")
      system.severities[index].name = inner.string("name")
      if let means = inner.string("means") { system.severities[index].means = means }
      system.severities[index].respond = inner.span("respond")
      system.severities[index].mitigate = inner.span("mitigate")
      system.severities[index].resolve = inner.span("resolve")
      names.finish(inner)
    }
    reader.finish(names)
  }

  private mutating func readEscalation(_ reader: inout YAMLReader) {
    for node in reader.list("escalation") {
      var inner = reader.reader(node, of: "a rung of the escalation")
      let name = inner.requiredString("name")
      let after = requiredSpan("at", &inner)
      let contact = inner.string("contact")
      if let contact { contactReferences.append(reference(contact, "contact", &inner)) }
      let playbook = playbook(&inner)
      let severities = severities(&inner)
      if let name, let after {
        if system.escalation.contains(where: { $0.name == name }) {
          inner.complain(
            "the rung \"\(Inert.terminal(name))\" stands twice", remedy: "give one another name",
            at: inner.position(of: "name"))
        }
        system.escalation.append(
          EscalationRung(
            name: name, after: after, contact: contact, playbook: playbook, severities: severities))
      }
      reader.finish(inner)
    }
    system.escalation.sort { $0.after < $1.after }
  }

  private mutating func readCadence(_ reader: inout YAMLReader) {
    for node in reader.list("cadence") {
      var inner = reader.reader(node, of: "a row of the cadence")
      let text = inner.requiredString("every")
      let every = text == "none" ? nil : inner.span("every")
      let status = inner.string("status").flatMap { choice($0, of: Status.self, named: "status", &inner) }
      system.cadence.append(
        CadenceRow(
          audience: inner.string("audience"), severities: severities(&inner), status: status, every: every))
      reader.finish(inner)
    }
  }

  private mutating func readFollowUps(_ reader: inout YAMLReader) {
    for node in reader.list("follow_ups") {
      var inner = reader.reader(node, of: "a follow-up")
      let after = requiredSpan("due", &inner)
      let playbook = playbook(&inner)
      if playbook == nil, inner.node("playbook") == nil {
        inner.complain("a follow-up has no playbook", remedy: "add `playbook: …`", at: inner.position)
      }
      let severities = severities(&inner)
      if let after, let playbook {
        system.followUps.append(FollowUpRow(after: after, playbook: playbook, severities: severities))
      }
      reader.finish(inner)
    }
  }

  private mutating func readDeclarations(_ reader: inout YAMLReader) {
    for node in reader.list("declare") {
      var inner = reader.reader(node, of: "an incident to declare")
      let title = inner.requiredString("title")
      let severity = inner.string("severity").flatMap {
        choice($0, of: Severity.self, named: "severity", &inner)
      }
      let impact = inner.string("impact")
      let playbook = playbook(&inner)
      if let title {
        system.declarations.append(
          Declaration(title: title, severity: severity ?? .s2, impact: impact, playbook: playbook))
      }
      reader.finish(inner)
    }
  }

  func requiredSpan(_ name: String, _ reader: inout YAMLReader) -> Span? {
    guard reader.requiredString(name) != nil else { return nil }
    return reader.span(name)
  }
}
