import Incidents
import Values

/// Where the record stood, so that the export can be held against it later.
extension IncidentReport {
  var integrityBlocks: [RetroBlock] {
    Self.facts([
      ("Journal", stamp.journal.isEmpty ? nil : stamp.journal), ("Origin", stamp.origin),
      ("Events", String(stamp.count)), ("Head", stamp.head), ("Written", made.dateClockUTC),
    ]) + [.written(RecordStamp.hint)]
  }
}
