import Values

/// Writes a note, now or backdated, of a moment or of a span of time, to an incident or to the journal alone.
package struct AddNote: Act {
  package var text: String
  /// When it happened; nil is now.
  package var occurred: Instant?
  /// When it ended, for what took a while.
  package var ended: Instant?
  /// The incident; nil is the one open incident, or the journal when none is open.
  package var incident: String?
  /// Writes to the journal even while incidents are open.
  package var isForJournal: Bool

  package init(
    _ text: String, occurred: Instant? = nil, ended: Instant? = nil, incident: String? = nil,
    isForJournal: Bool = false
  ) {
    self.text = text
    self.occurred = occurred
    self.ended = ended
    self.incident = incident
    self.isForJournal = isForJournal
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard text.hasWords else { throw Refusal("A note needs words.") }
    for time in [occurred, ended].compactMap({ $0 }) where time > now + .minutes(1) {
      throw Refusal("\(time.dateClockUTC) is in the future; a note tells what has happened.")
    }
    if let ended, ended <= occurred ?? now {
      throw Refusal(
        "\(ended.dateClockUTC) is not after \((occurred ?? now).dateClockUTC); a span ends after it began.")
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
    let entry = Entry(NoteAdded(text: text), at: occurred ?? now, ended: ended, incident: target)
    return Decision(append: [entry])
  }
}
