import Incidents
import Journal
import Systems
import Values
import Watch

/// What the journal has of routines.
package enum RoutineReading {
  /// So many resolved incidents are looked at for the last of each system.
  private static let recent = 200

  /// By system; what cannot be read is not known.
  ///
  /// - Parameter folders: incidents are read only where a routine comes after one.
  package static func recorded(
    in journal: Journal, for folders: [SystemFolder]
  ) -> [String: RoutineFindings.Recorded] {
    let books = (try? journal.entities(RoutineBook.self, open: true)) ?? []
    let asks = folders.contains { $0.routines.contains { $0.recurrence == .after(.incident) } }
    let resolved = asks ? (try? journal.entities(Incident.self, open: false, limit: recent)) ?? [] : []
    return Dictionary(
      books.map { ($0.key, RoutineFindings.Recorded(book: $0, of: $0.key, incidents: resolved)) }
    ) { first, _ in first }
  }
}
