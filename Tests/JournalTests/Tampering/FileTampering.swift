import Foundation
import GRDB

@testable import Journal

/// What somebody who can write the file does to everything in it that is no row of its own events.
enum FileTampering: String, CaseIterable {
  /// A text that an event names: changed, missing, of another length; in the file and beside it.
  case blobRow, blobFile, blobGone, blobSize
  /// Events of an origin that nothing took over; of one that was taken over: gone, fewer, others.
  case originAdded, originGone, originCut
  /// The file says that it is another's, or counts its events otherwise.
  case origin, originUnsaid, countRaised, countLowered, countUnsaid
  /// What refuses changes.
  case triggerGone, triggerHollow, triggerAdded, viewInstead, indexGone
  /// An index that hides an event from whoever reads by it, and one that shows another.
  case indexHides
  /// Another journal in its place.
  case replace

  /// What a chain alone cannot show.
  var needsStamp: Bool { self == .replace }

  func apply(to path: String, of estate: Estate, _ random: inout SplitMix64) throws {
    if self == .replace {
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.copyItem(atPath: estate.other, toPath: path)
      return
    }
    if self == .blobFile { return try changeFile(beside: path, &random) }
    try DatabaseQueue(path: path).writeWithoutTransaction { db in
      let own = try Meta.origin.text(db) ?? ""
      for statement in statements(own, &random) { try db.execute(sql: statement) }
      if self == .originAdded { try addOrigin(db) }
    }
  }

  private func changeFile(beside path: String, _ random: inout SplitMix64) throws {
    let folder = path + ".blobs"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let file = URL(fileURLWithPath: "\(folder)/\(name)")
      var bytes = [UInt8](try Data(contentsOf: file))
      switch Int.random(in: 0...2, using: &random) {
      case 0: try FileManager.default.removeItem(at: file)
      case 1: try Data(bytes.dropLast()).write(to: file)
      default:
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1
        try Data(bytes).write(to: file)
      }
    }
  }

  private static let noTriggers =
    "DROP TRIGGER event_insert; DROP TRIGGER event_update; DROP TRIGGER event_delete"

  private func statements(_ own: String, _ random: inout SplitMix64) -> [String] {
    let some = Int.random(in: 1...11, using: &random)
    switch self {
    case .blobRow: return ["UPDATE blob SET bytes = zeroblob(length(bytes)) WHERE bytes IS NOT NULL"]
    case .blobGone: return ["DELETE FROM blob WHERE rowid = \(some % 2 + 1)"]
    case .blobSize: return ["UPDATE blob SET size = size + \(some)"]
    case .originAdded, .blobFile, .replace: return []
    case .originGone: return withoutTriggers("DELETE FROM event WHERE origin <> '\(own)'")
    case .originCut: return withoutTriggers("DELETE FROM event WHERE origin <> '\(own)' AND seq > \(some)")
    case .origin: return ["UPDATE meta SET value = lower(hex(zeroblob(16))) WHERE key = 'origin'"]
    case .originUnsaid: return ["DELETE FROM meta WHERE key = 'origin'"]
    case .countRaised: return ["UPDATE meta SET value = value + \(some) WHERE key = 'count'"]
    case .countLowered: return ["UPDATE meta SET value = value - \(some) WHERE key = 'count'"]
    case .countUnsaid: return ["DELETE FROM meta WHERE key = 'count'"]
    case .triggerGone: return ["DROP TRIGGER \(["event_insert", "event_update", "event_delete"][some % 3])"]
    case .triggerHollow:
      return [
        "DROP TRIGGER event_delete",
        "CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN SELECT 1; END",
      ]
    case .triggerAdded:
      return [
        "CREATE TRIGGER later AFTER INSERT ON fold BEGIN DELETE FROM unsent; END"
      ]
    case .viewInstead:
      return ["ALTER TABLE event RENAME TO really", "CREATE VIEW event AS SELECT * FROM really"]
    case .indexGone:
      return ["DROP INDEX \(["event_by_time", "event_by_kind", "event_by_incident"][some % 3])"]
    case .indexHides:
      // SQLite fills an index that is made while the schema says that it is partial, and then it says otherwise.
      return [
        "DROP INDEX event_by_kind",
        "CREATE INDEX event_by_kind ON event (kind, occurred) WHERE seq <> \(some)",
        "PRAGMA writable_schema = ON",
        """
        UPDATE sqlite_schema SET sql = 'CREATE INDEX event_by_kind ON event (kind, occurred)'
        WHERE name = 'event_by_kind'
        """, "PRAGMA writable_schema = RESET",
      ]
    }
  }

  private func withoutTriggers(_ change: String) -> [String] {
    let sql = Schema.creation
    guard let start = sql.range(of: "CREATE TRIGGER event_insert"),
      let end = sql.range(of: "-- One entity as its events")
    else { return [] }
    return [Self.noTriggers, change, String(sql[start.lowerBound..<end.lowerBound])]
  }

  /// A chain that is whole, of an origin that nobody knows.
  private func addOrigin(_ db: Database) throws {
    let sql = "SELECT \(Schema.columns) FROM event ORDER BY rowid DESC LIMIT 1"
    guard var row = try Row.fetchOne(db, sql: sql).map(EventRow.chainRow) else { return }
    (row.origin, row.seq, row.id, row.prev) = (String(repeating: "e", count: 32), 1, "forged", nil)
    row.hash = row.computedHash
    try EventRow.insert(row, db)
    try db.execute(sql: "UPDATE progress SET last = (SELECT max(rowid) FROM event)")
  }
}

/// What happens to the bytes of a file, by hand or by a disk.
enum ByteTampering: String, CaseIterable {
  case bits, garbage, zeroPage, swapPages, cut, append

  private static let page = 4096

  func apply(to path: String, _ random: inout SplitMix64) throws {
    let file = URL(fileURLWithPath: path)
    var bytes = [UInt8](try Data(contentsOf: file))
    let before = bytes
    while bytes == before { change(&bytes, &random) }
    try Data(bytes).write(to: file)
  }

  private func change(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    func index(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
    let pages = bytes.count / Self.page
    switch self {
    case .bits:
      for _ in 0..<index(1..<9) { bytes[index(0..<bytes.count)] ^= 1 << UInt8(index(0..<8)) }
    case .garbage:
      let start = index(0..<bytes.count - 512)
      for each in start..<start + index(1..<512) { bytes[each] = UInt8(index(0..<256)) }
    case .zeroPage:
      let start = index(0..<pages) * Self.page
      for each in start..<start + Self.page { bytes[each] = 0 }
    case .swapPages:
      let (left, right) = (index(1..<pages) * Self.page, index(1..<pages) * Self.page)
      for each in 0..<Self.page { bytes.swapAt(left + each, right + each) }
    case .cut: bytes.removeLast(index(1..<bytes.count))
    case .append: bytes += (0..<index(1..<9000)).map { UInt8($0 & 255) }
    }
  }
}
