import Values

/// Takes back something that was written; it stays in the journal and is shown struck out.
package struct RetractEvent: Act {
  package var target: String
  package var incident: String?
  package var reason: String

  package init(_ target: String, incident: String?, reason: String) {
    self.target = target
    self.incident = incident
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard reason.contains(where: { !$0.isWhitespace }) else { throw Refusal("Say why it is taken back.") }
    return Decision(append: [
      Entry(EventRetracted(target: target, reason: reason), at: now, incident: incident)
    ])
  }
}

/// Says anew what an event said; the first wording stays in the journal.
package struct AmendEvent: Act {
  package var target: String
  package var incident: String?
  package var text: String
  package var reason: String

  package init(_ target: String, incident: String?, text: String, reason: String) {
    self.target = target
    self.incident = incident
    self.text = text
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard reason.contains(where: { !$0.isWhitespace }) else { throw Refusal("Say why it is amended.") }
    let fact = EventAmended(target: target, text: text, reason: reason)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Marks an event so that it survives every filter, or takes the mark off.
package struct PinEvent: Act {
  package var target: String
  package var incident: String?
  package var pinned: Bool

  package init(_ target: String, incident: String?, pinned: Bool) {
    self.target = target
    self.incident = incident
    self.pinned = pinned
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    Decision(append: [Entry(EventPinned(target: target, pinned: pinned), at: now, incident: incident)])
  }
}

/// Says in the journal that an export was written, and under which head.
package struct RecordExport: Act {
  package var incident: String
  package var fact: ExportMade

  package init(incident: String, fact: ExportMade) {
    self.incident = incident
    self.fact = fact
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}
