import Incidents
import Journal

/// The incidents in which something is due.
enum DeadlineReading {
  /// Open ones, and those that are over and whose follow-ups are not.
  static func incidents(in journal: Journal) throws -> [Incident] {
    let open = try journal.entities(Incident.self, open: true)
    let known = Set(open.map(\.key))
    return try open + unfinished(in: journal).filter { !known.contains($0.key) }
  }

  /// Resolved incidents whose follow-ups are neither done nor dismissed.
  static func unfinished(in journal: Journal) throws -> [Incident] {
    try journal.entities(Aftermath.self, open: true).compactMap {
      try journal.entity(Incident.self, key: $0.key)
    }
  }
}
