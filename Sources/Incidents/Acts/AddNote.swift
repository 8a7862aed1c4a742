import Values

/// Writes a note, now or backdated, to an incident or to the journal alone.
package struct AddNote: Act {
  package var text: String
  /// When it happened; nil is now.
  package var occurred: Instant?
  /// The incident; nil is the one open incident, or the journal when none is open.
  package var incident: String?
  /// Writes to the journal even while incidents are open.
  package var isForJournal: Bool

  package init(_ text: String, occurred: Instant? = nil, incident: String? = nil, isForJournal: Bool = false)
  {
    self.text = text
    self.occurred = occurred
    self.incident = incident
    self.isForJournal = isForJournal
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard text.contains(where: { !$0.isWhitespace }) else { throw Refusal("A note needs words.") }
    if let occurred, occurred > now + .minutes(1) {
      throw Refusal("\(occurred.dateClockUTC) is in the future; a note tells what has happened.")
    }
    var target = incident
    if let incident {
      _ = try record.incident(incident)
    } else if !isForJournal {
      let open = try record.open(Incident.self)
      guard open.count < 2 else {
        throw Refusal("\(open.count) incidents are open (\(open.joined(separator: ", "))); name one.")
      }
      target = open.first
    }
    return Decision(append: [Entry(NoteAdded(text: text), at: occurred ?? now, incident: target)])
  }
}
