import Values

/// Says an incident's title or impact anew.
package struct DescribeIncident: Act {
  package var incident: String
  package var title: String?
  package var impact: String?

  package init(incident: String, title: String? = nil, impact: String? = nil) {
    self.incident = incident
    self.title = title
    self.impact = impact
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    _ = try record.incident(incident)
    guard title != nil || impact != nil else { throw Refusal("Say a title or an impact.") }
    let fact = IncidentDescribed(title: title, impact: impact, affected: nil, systems: nil, started: nil)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}
