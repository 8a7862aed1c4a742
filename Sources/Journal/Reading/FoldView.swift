import GRDB
import Incidents

/// One kind of fold made in memory from all events: for readers of a journal whose rows are of another
/// version than ours, or lag behind, and that must not be written.
struct FoldView: Sendable {
  /// The rowid of the last event that is in it.
  private(set) var last: Int64 = 0
  private(set) var entities: [String: Folded] = [:]

  /// Folds what is new since the last call.
  mutating func follow<F: Fold>(_ type: F.Type, _ db: Database) throws {
    try FoldStore.forEachEvent(after: last, db) { event, place in
      for key in Set(F.keys(of: event)) {
        var value = entities[key]?.value as? F ?? F(key: key)
        value.apply(event)
        entities[key] = Folded(value: value, first: entities[key]?.first ?? place, last: place)
      }
      last = place
    }
  }

  /// Oldest first.
  func values<F: Fold>(of type: F.Type) -> [F] {
    entities.sorted { ($0.value.first, $0.key) < ($1.value.first, $1.key) }.compactMap {
      $0.value.value as? F
    }
  }
}
