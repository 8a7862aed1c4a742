import GRDB
import Incidents

/// One kind of fold made in memory from all events: for readers of a journal whose rows are of another
/// version than ours, or lag behind, and that must not be written.
struct FoldView: Sendable {
  private(set) var seq: Int64 = 0
  private(set) var entities: [String: Folded] = [:]

  /// Folds what is new since the last call.
  mutating func follow<F: Fold>(_ type: F.Type, origin: String, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT \(EventRow.columns) FROM event WHERE origin = ? AND seq > ? ORDER BY seq")
    let rows = try Row.fetchCursor(statement, arguments: [origin, seq])
    while let row = try rows.next() {
      let event = try EventRow.event(row)
      for key in Set(F.keys(of: event)) {
        var value = entities[key]?.value as? F ?? F(key: key)
        value.apply(event)
        entities[key] = Folded(value: value, first: entities[key]?.first ?? event.seq, seq: event.seq)
      }
      seq = event.seq
    }
  }

  /// Oldest first.
  func values<F: Fold>(of type: F.Type) -> [F] {
    entities.sorted { ($0.value.first, $0.key) < ($1.value.first, $1.key) }.compactMap {
      $0.value.value as? F
    }
  }
}
