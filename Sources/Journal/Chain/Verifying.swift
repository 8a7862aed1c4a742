import Foundation
import GRDB
import Incidents

/// One check of a whole file, inside one read transaction.
struct Verifying {
  let db: Database
  let path: String

  func run(against stamp: Stamp?) throws -> Verification {
    guard let origin = try Meta.origin.text(db) else {
      return .cannotTell(why: "\(path) does not say which origin it is; the table meta was changed.")
    }
    var check = ChainCheck()
    var last: (seq: Int64, hash: [UInt8])?
    var reached: Int64 = 0
    var named: [(digest: String, seq: Int64)] = []
    var erasures: [String] = []
    var stamped: [UInt8]?
    let rows = try Row.fetchCursor(
      db, sql: "SELECT \(Schema.columns) FROM event ORDER BY (origin = ?) DESC, origin, seq",
      arguments: [origin])
    while true {
      let row: ChainRow
      do {
        guard let next = try rows.next() else { break }
        row = try EventRow.chainRow(next)
      } catch {
        return .broken(at: reached &+ 1, why: "from here on the file cannot be read (\(Self.said(error))).")
      }
      if let why = check.receive(row) { return .broken(at: min(row.seq, reached &+ 1), why: why) }
      reached = row.seq
      if row.origin == origin { last = (row.seq, row.hash) }
      if let stamp, row.seq == stamp.count, row.origin == stamp.origin ?? origin { stamped = row.hash }
      guard let body = row.body else { continue }
      for digest in Blobs.named(in: body) { named.append((digest, row.seq)) }
      if row.kind == EventErased.kind, let fact = FactCoding.decode(EventErased.self, from: body) {
        erasures.append(fact.target)
      }
    }
    for target in erasures { check.account(forErasureOf: target) }
    if let first = check.erased.values.map(\.seq).min() {
      return .broken(at: first, why: "its text is gone, and no event.erased says who erased it and why.")
    }
    let count = last?.seq ?? 0
    if let written = try Meta.count.integer(db), written > count {
      return .missingTail(expected: written, found: count)
    }
    guard let last else { return .cannotTell(why: "\(path) holds no events.") }
    if let broken = try blobs(named) { return broken }
    let head = Head(
      origin: origin, name: try Meta.name.text(db) ?? "journal", count: last.seq, hash: Hex.text(last.hash))
    return hold(head, against: stamp, stamped: stamped)
  }

  private func hold(_ head: Head, against stamp: Stamp?, stamped: [UInt8]?) -> Verification {
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
  private func blobs(_ named: [(digest: String, seq: Int64)]) throws -> Verification? {
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
