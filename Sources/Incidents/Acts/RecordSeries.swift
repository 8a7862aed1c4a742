import Values

/// A piece of the series behind an incident was copied. What the record has already is not written again: the
/// whole piece is left out then, and whoever copied it begins anew from what the record says.
package struct RecordSeries: Act {
  package var incident: String
  package var fact: EvidenceSampled
  /// What its blob names.
  package var bytes: [UInt8]

  package init(incident: String, fact: EvidenceSampled, bytes: [UInt8]) {
    self.incident = incident
    self.fact = fact
    self.bytes = bytes
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let key = SeriesEvidence.key(incident: incident, system: fact.system)
    let known = try record.entity(SeriesEvidence.self, key)
    let again = fact.copied.first { part in known?.until[part.selector].map { part.from < $0 } ?? false }
    if let again { throw Refusal("\(incident) has the series of \(again.selector) from then on already.") }
    return Decision(
      append: [Entry(fact, at: now, incident: incident)], blobs: fact.blob == nil ? [] : [bytes])
  }
}
