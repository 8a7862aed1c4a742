import Incidents

/// Which entity: the fold's name and the entity's key.
struct FoldKey: Hashable, Sendable {
  let name: String
  let key: String
}

/// An entity in memory, with the places (rowids) of its first and of its last event in the file.
struct Folded: Sendable {
  var value: any Fold
  let first: Int64
  var last: Int64
}

/// Entities decoded by earlier acts; good while nobody else has committed.
struct FoldCache: Sendable {
  /// `PRAGMA data_version` of the writer, under which the entities are those of the rows.
  var version: Int?
  private(set) var entities: [FoldKey: Folded] = [:]

  /// Entities kept between acts.
  static let limit = 16_384

  subscript(key: FoldKey) -> Folded? {
    get { entities[key] }
    set { entities[key] = newValue }
  }

  var isFull: Bool { entities.count >= Self.limit }

  mutating func clear() {
    entities.removeAll(keepingCapacity: true)
  }
}
