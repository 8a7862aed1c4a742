import Foundation
import GRDB
import Incidents

/// One check of a whole file, inside one read transaction.
struct Verifying {
  private let db: Database
  private let path: String
  private let stamps: [Stamp]
  private var check = ChainCheck()
  /// Blobs that bodies name, with the seq of the event.
  private var named: [(digest: String, seq: Int64)] = []
  /// Ids that an `event.erased` accounts for.
  private var erasures: [String] = []
  private var origins = OriginCheck()
  /// Events whose hashes stamps name.
  private var wanted: Set<Place> = []
  private var hashes: [Place: [UInt8]] = [:]

  private struct Place: Hashable {
    let origin: String
    let seq: Int64
  }

  /// Is told now and then how many events are checked.
  var progress: ((_ checked: Int64) -> Void)?
  private var checked: Int64 = 0

  init(db: Database, path: String, stamps: [Stamp] = []) {
    self.db = db
    self.path = path
    self.stamps = stamps
  }

  mutating func run() throws -> Verified {
    guard let own = try Meta.origin.text(db) else {
      return Verified(
        .cannotTell(why: "\(path) does not say which origin it is; the table meta was changed."))
    }
    wanted = Set(stamps.map { Place(origin: $0.origin ?? own, seq: $0.count) })
    let chain = try chain(own)
    let checks = stamps.map { stamp in
      StampCheck(stamp: stamp, verdict: verdict(on: stamp, own: own, isWhole: chain.isIntact))
    }
    return Verified(chain, stamps: checks)
  }

  private mutating func chain(_ own: String) throws -> Verification {
    let others = try String.fetchAll(
      db, sql: "SELECT DISTINCT origin FROM event WHERE origin <> ? ORDER BY origin", arguments: [own])
    for origin in [own] + others {
      if let broken = try walk(origin) { return broken }
    }
    for target in erasures { check.account(forErasureOf: target) }
    if let first = check.erased.values.map(\.seq).min() {
      return .broken(at: first, why: "its text is gone, and no event.erased says who erased it and why.")
    }
    let last = origins.ends[own]
    let found = last?.count ?? 0
    let file = FileCheck(db: db, path: path)
    if let written = try file.written(own: found), written > found {
      return .missingTail(expected: written, found: found)
    }
    guard let last else { return .cannotTell(why: "\(path) holds no events of its own.") }
    if let (seq, why) = origins.complaint(own: own) { return .broken(at: seq, why: why) }
    if let broken = try blobs() { return broken }
    if let why = try file.complaint(own: found) { return .damaged(why: why) }
    let name = try Meta.name.text(db) ?? "journal"
    return .intact(Head(origin: own, name: name, count: last.count, hash: Hex.text(last.hash)))
  }

  /// One origin's chain up to its last row; what is wrong with the first bad one.
  private mutating func walk(_ origin: String) throws -> Verification? {
    var last: ChainRow?
    let sql = "SELECT \(Schema.columns) FROM event WHERE origin = ? ORDER BY seq"
    let rows = try Row.fetchCursor(db, sql: sql, arguments: [origin])
    while true {
      let next = (last?.seq ?? 0) &+ 1
      let row: ChainRow
      do {
        guard let found = try rows.next() else {
          if let last { origins.end(of: origin, at: last.seq, last.hash) }
          return nil
        }
        row = try EventRow.chainRow(found)
      } catch {
        let why = "from here on the file cannot be read (\(Self.said(error)))."
        return .broken(at: next, why: why)
      }
      if let why = check.receive(row) { return .broken(at: min(row.seq, next), why: why) }
      last = row
      checked &+= 1
      if checked.isMultiple(of: 20_000) { progress?(checked) }
      let place = Place(origin: row.origin, seq: row.seq)
      if wanted.contains(place) { hashes[place] = row.hash }
      guard let body = row.body else { continue }
      for digest in Blobs.named(in: body) { named.append((digest, row.seq)) }
      origins.receive(row.kind, body, in: row.origin)
      if row.kind == EventErased.kind, let fact = FactCoding.decode(EventErased.self, from: body) {
        erasures.append(fact.target)
      }
    }
  }

  private func verdict(on stamp: Stamp, own: String, isWhole: Bool) -> StampCheck.Verdict {
    let origin = stamp.origin ?? own
    if let hash = hashes[Place(origin: origin, seq: stamp.count)] {
      return Hex.text(hash).hasPrefix(stamp.hash) ? .holds : .changed
    }
    if let end = origins.ends[origin] { return .missing(found: end.count) }
    return isWhole ? .foreign : .unreached
  }

  /// Every row and file against its digest, and every event's blobs against the rows.
  private func blobs() throws -> Verification? {
    let folder = BlobFolder(journal: path)
    var whole: Set<String> = []
    let rows = try Row.fetchCursor(db, sql: "SELECT sha256, size FROM blob")
    while let row = try rows.next() {
      let (name, size) = (try row.decode(String.self, atIndex: 0), try row.decode(Int64.self, atIndex: 1))
      if let bytes = try? Blobs.load(name, db, folder: folder), Blobs.digest(bytes) == name,
        bytes.count == size
      {
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
