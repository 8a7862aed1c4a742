import Incidents
import Journal

/// The journal as acts see it that are only looked at: nothing is written, and numbers are not allotted.
package struct JournalScene: Record {
  private let journal: Journal

  package init(_ journal: Journal) {
    self.journal = journal
  }

  package func entity<F: Fold>(_ fold: F.Type, _ key: String) throws -> F? {
    try journal.entity(fold, key: key)
  }

  package func open<F: Fold>(_ fold: F.Type) throws -> [String] { [] }

  package func next(_ series: String) throws -> Int { 0 }

  package func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String] { try journal.keys(query) }
}
