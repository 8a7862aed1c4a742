import GRDB
import Incidents

/// The tables of a fold whose type is only known when it runs.
extension IndexedFold {
  static var indexName: String { IndexTable<Self>.name }

  static func indexIsThere(_ db: Database) throws -> Bool { try IndexTable<Self>().isThere(db) }

  static func fillIndex(upTo last: Int64, _ db: Database) throws {
    try IndexTable<Self>().fill(upTo: last, db)
  }

  static func removeIndexed(_ key: String, _ db: Database) throws {
    try IndexTable<Self>().remove(key, db)
  }

  static func refreshIndex(_ event: Event, at place: Int64, _ db: Database) throws {
    try IndexTable<Self>().refresh(event, at: place, db)
  }

  func writeIndexed(_ key: String, _ db: Database) throws -> Int64 {
    try IndexTable<Self>().write(self, key: key, db)
  }

  func noteIndexed(_ place: Int64, concerns row: Int64, _ db: Database) throws {
    try IndexTable<Self>().note(place, concerns: row, db)
  }
}

extension [any Fold.Type] {
  /// Those with an index.
  var indexed: [any IndexedFold.Type] { compactMap { $0 as? any IndexedFold.Type } }
}
