import Values

/// Writes a section of an incident's retro; what was written there before stays in the journal.
package struct WriteRetro: Act {
  package var incident: String
  /// A name that ``RetroPart`` knows.
  package var section: String
  /// Markdown; blank takes back what was written.
  package var text: String

  package init(incident: String, section: String, text: String) {
    self.incident = incident
    self.section = section
    self.text = text
  }

  /// In bytes; longer texts belong in a file that the section names.
  package static let longest = 64 * 1024

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    _ = try record.unmergedIncident(incident)
    guard let part = RetroPart(section) else {
      let known = RetroPart.all.map(\.name).joined(separator: ", ")
      throw Refusal(
        "A retro has no section \(Inert.terminal(section)); it has \(known), and your own: x_ and a name.")
    }
    guard text.utf8.count <= Self.longest else {
      throw Refusal(
        "\(part.title) has \(text.utf8.count) bytes; a section has at most \(Self.longest). Name a file.")
    }
    let before = try record.entity(WrittenRetro.self, incident)?[part]
    if let before, before.text == text {
      throw Refusal("\(before.by) wrote the same at \(before.at.dateClockUTC).")
    }
    if before == nil, !text.hasWords { throw Refusal("\(part.title) needs words; nothing is written there.") }
    let fact = RetroWritten(section: part.name, text: text.hasWords ? text : "")
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Says that an incident's entry stands in a file; once for each file.
package struct RecordRetroEntry: Act {
  package var incident: String
  package var fact: RetroAppended

  package init(incident: String, file: String, digest: String, bytes: Int) {
    self.incident = incident
    fact = RetroAppended(file: file, digest: digest, bytes: bytes)
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    _ = try record.incident(incident)
    let entries = try record.entity(WrittenRetro.self, incident)?.entries ?? []
    guard !entries.contains(where: { $0.file == fact.file }) else { return Decision() }
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}
