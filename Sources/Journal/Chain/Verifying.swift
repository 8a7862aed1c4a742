import Foundation
import GRDB
import Incidents

/// One check of a whole file, inside one read transaction.
struct Verifying {
  private let db: Database
  private let path: String
  private let stamp: Stamp?
  private var check = ChainCheck()
  /// Blobs that bodies name, with the seq of the event.
  private var named: [(digest: String, seq: Int64)] = []
  /// Ids that an `event.erased` accounts for.
  private var erasures: [String] = []
  /// The hash of the event at the stamp's count.
  private var stamped: [UInt8]?

  init(db: Database, path: String, stamp: Stamp? = nil) {
    self.db = db
    self.path = path
    self.stamp = stamp
  }

  mutating func run() throws -> Verification {
    guard let own = try Meta.origin.text(db) else {
      return .cannotTell(why: "\(path) does not say which origin it is; the table meta was changed.")
    }
    var last: ChainRow?
    let others = try String.fetchAll(
      db, sql: "SELECT DISTINCT origin FROM event WHERE origin <> ? ORDER BY origin", arguments: [own])
    for origin in [own] + others {
      let end = try walk(origin, own: own)
      if let broken = end.broken { return broken }
      if origin == own { last = end.last }
    }
    for target in erasures { check.account(forErasureOf: target) }
    if let first = check.erased.values.map(\.seq).min() {
      return .broken(at: first, why: "its text is gone, and no event.erased says who erased it and why.")
    }
    if let written = try Meta.count.integer(db), written > last?.seq ?? 0 {
      return .missingTail(expected: written, found: last?.seq ?? 0)
    }
    guard let last else { return .cannotTell(why: "\(path) holds no events of its own.") }
    if let broken = try blobs() { return broken }
    let name = try Meta.name.text(db) ?? "journal"
    return hold(Head(origin: own, name: name, count: last.seq, hash: Hex.text(last.hash)))
  }

  /// One origin's chain up to its last row, or to the first bad one.
  private mutating func walk(
    _ origin: String, own: String
  ) throws -> (last: ChainRow?, broken: Verification?) {
    var last: ChainRow?
    let sql = "SELECT \(Schema.columns) FROM event WHERE origin = ? ORDER BY seq"
    let rows = try Row.fetchCursor(db, sql: sql, arguments: [origin])
    while true {
      let next = (last?.seq ?? 0) &+ 1
      let row: ChainRow
      do {
        guard let found = try rows.next() else { return (last, nil) }
        row = try EventRow.chainRow(found)
      } catch {
        let why = "from here on the file cannot be read (\(Self.said(error)))."
        return (last, .broken(at: next, why: why))
      }
      if let why = check.receive(row) { return (last, .broken(at: min(row.seq, next), why: why)) }
      last = row
      if let stamp, row.seq == stamp.count, row.origin == stamp.origin ?? own { stamped = row.hash }
      guard let body = row.body else { continue }
      for digest in Blobs.named(in: body) { named.append((digest, row.seq)) }
      if row.kind == EventErased.kind, let fact = FactCoding.decode(EventErased.self, from: body) {
        erasures.append(fact.target)
      }
    }
  }

  private func hold(_ head: Head) -> Verification {
    guard let stamp else { return .intact(head) }
    guard let stamped else {
      if let other = stamp.origin, other != head.origin {
        return .cannotTell(why: "\(path) holds nothing of origin \(other); the stamp is another journal's.")
      }
      return .missingTail(expected: stamp.count, found: head.count)
    }
    if Hex.text(stamped).hasPrefix(stamp.hash) { return .intact(head) }
    return .broken(
      at: stamp.count,
      why: "its hash is not that of the stamp \(stamp); the chain was written anew since then.")
  }

  /// Every row and file against its digest, and every event's blobs against the rows.
  private func blobs() throws -> Verification? {
    let folder = BlobFolder(journal: path)
    var whole: Set<String> = []
    for name in try String.fetchAll(db, sql: "SELECT sha256 FROM blob") {
      if let bytes = try? Blobs.load(name, db, folder: folder), Blobs.digest(bytes) == name {
        whole.insert(name)
      }
    }
    for (digest, seq) in named where !whole.contains(digest) {
      return .broken(at: seq, why: "the text \(digest.prefix(8)) that it names is missing or was changed.")
    }
    return nil
  }

  private static func said(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "a column holds what it cannot"
  }
}
