import Values

/// Takes back something that was written; it stays in the journal and is shown struck out.
package struct RetractEvent: Act {
  package var target: String
  /// What kind of event the target is; nil where whoever acts knows that it was written by hand.
  package var kind: String?
  package var incident: String?
  package var reason: String

  package init(_ target: String, of kind: String? = nil, incident: String?, reason: String) {
    self.target = target
    self.kind = kind
    self.incident = incident
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard reason.hasWords else { throw Refusal("Say why it is taken back.") }
    try WrittenWords.check(kind, verb: "taken back")
    if let mark = try record.entity(EventMark.self, target)?.retracted { throw mark.refusal }
    return Decision(append: [
      Entry(EventRetracted(target: target, reason: reason), at: now, incident: incident)
    ])
  }
}

/// Says anew what an event said; the first wording stays in the journal.
package struct AmendEvent: Act {
  package var target: String
  /// As in ``RetractEvent``.
  package var kind: String?
  package var incident: String?
  package var text: String
  package var reason: String

  package init(_ target: String, of kind: String? = nil, incident: String?, text: String, reason: String) {
    self.target = target
    self.kind = kind
    self.incident = incident
    self.text = text
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard text.hasWords else { throw Refusal("Say it in words; what should not stand there is taken back.") }
    guard reason.hasWords else { throw Refusal("Say why it is amended.") }
    try WrittenWords.check(kind, verb: "amended")
    let mark = try record.entity(EventMark.self, target)
    if let retracted = mark?.retracted { throw retracted.refusal }
    if let amended = mark?.amended, mark?.text == text {
      throw Refusal("\(amended.by) gave it these words at \(amended.at.minuteUTC).")
    }
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
    let mark = try record.entity(EventMark.self, target)
    if pinned, let pin = mark?.pinned {
      throw Refusal("\(pin.by) pinned it at \(pin.at.minuteUTC).")
    }
    if !pinned, mark?.pinned == nil { throw Refusal("It is not pinned.") }
    return Decision(append: [Entry(EventPinned(target: target, pinned: pinned), at: now, incident: incident)])
  }
}

/// Words that people wrote, which others words can replace; whatever changed a state is changed by another act.
private enum WrittenWords {
  static let kinds: Set<String> = [
    NoteAdded.kind, IncidentDecided.kind, "evidence.attached",
  ]

  static func check(_ kind: String?, verb: String) throws {
    guard let kind, !kinds.contains(kind) else { return }
    throw Refusal(
      "Only a note, a decision or evidence is \(verb), and this is \(kind); "
        + "what changed a state is set right by the act that changes it.")
  }
}

extension EventMark.Say {
  fileprivate var refusal: Refusal {
    Refusal("\(by) took it back at \(at.minuteUTC)\(reason.map { ": \(Inert.terminal($0))" } ?? "").")
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
