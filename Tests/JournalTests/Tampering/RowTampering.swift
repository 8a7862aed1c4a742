import Foundation
import GRDB

@testable import Journal

/// What somebody who can write the file does to the rows of its events, past the triggers, which are put back.
enum RowTampering: String, CaseIterable {
  case flip, delete, insert, duplicate, reorder, erase
  /// The last events deleted; carefully: with every count that midwatch keeps of them.
  case truncate, truncateCarefully
  /// One event changed and all after it hashed anew.
  case rewrite
  /// The chain goes on otherwise after some event, as if two copies had been written to.
  case fork
  /// All events changed and hashed anew under the same origin.
  case forge

  /// What a chain alone cannot show.
  var needsStamp: Bool {
    switch self {
    case .truncateCarefully, .rewrite, .fork, .forge: true
    default: false
    }
  }

  /// Changes at least the last event that a stamp counts.
  func apply(to path: String, _ random: inout SplitMix64) throws {
    try DatabaseQueue(path: path).write { db in
      let own = try Meta.origin.text(db) ?? ""
      let sql = "SELECT \(Schema.columns) FROM event WHERE origin = ? ORDER BY seq"
      var rows = try Row.fetchAll(db, sql: sql, arguments: [own]).map(EventRow.chainRow)
      let before = rows
      while rows == before { try change(&rows, &random) }
      let triggers = try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
      for name in ["event_insert", "event_update", "event_delete"] {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try db.execute(sql: "DELETE FROM event WHERE origin = ?", arguments: [own])
      for row in rows { try EventRow.insert(row, db) }
      if self != .truncate {
        try Meta.count.set(rows.last?.seq ?? 0, db)
        try db.execute(sql: "UPDATE progress SET last = (SELECT max(rowid) FROM event)")
      }
      for trigger in triggers { try db.execute(sql: trigger) }
    }
  }

  private func change(_ rows: inout [ChainRow], _ random: inout SplitMix64) throws {
    func index(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
    let at = index(1..<rows.count)
    switch self {
    case .flip: Self.flip(&rows[index(0..<rows.count)], &random)
    case .delete:
      let first = index(0..<rows.count - 1)
      rows.removeSubrange(first..<min(first + index(1..<5), rows.count - 1))
      if Bool.random(using: &random) { Self.number(&rows) }
    case .insert:
      var forged = rows[at]
      (forged.id, forged.body) = ("forged", Array(#"{"text":"it was ops2"}"#.utf8))
      forged.digest = ChainRow.digest(salt: forged.salt ?? [], body: forged.body ?? [])
      forged.salt = forged.salt ?? []
      (forged.seq, forged.prev) = (rows[at].seq, rows[at - 1].hash)
      forged.hash = forged.computedHash
      for later in at..<rows.count { rows[later].seq += 1 }
      // Two events cannot say that they follow the same one.
      rows[at].prev = forged.hash
      rows.insert(forged, at: at)
    case .duplicate:
      var twin = rows[index(0..<rows.count)]
      (twin.id, twin.seq, twin.prev) = ("twin", Int64(rows.count) + 1, rows.last?.hash)
      rows.append(twin)
    case .reorder:
      let other = index(1..<rows.count)
      rows.swapAt(at, other)
      Self.number(&rows)
      if Bool.random(using: &random), at != other {
        let (left, right) = (rows[at].prev, rows[other].prev)
        (rows[at].prev, rows[other].prev) = (right, left)
      }
    case .erase:
      let erasable = rows.indices.filter { rows[$0].body != nil }
      let target = erasable[index(0..<erasable.count)]
      (rows[target].body, rows[target].salt) = (nil, nil)
    case .truncate, .truncateCarefully: rows.removeLast(index(1..<rows.count / 2))
    case .rewrite:
      // Without its erasure an erased text would be noticed.
      let at = rows[at].kind == "event.erased" ? at - 2 : at
      rows[at].body = Array(#"{"text":"it was ops2"}"#.utf8)
      rows[at].salt = rows[at].salt ?? []
      Self.hash(&rows, from: at)
    case .fork:
      let cut = index(2..<rows.count)
      for later in cut..<rows.count { rows[later].occurred += 1 }
      Self.hash(&rows, from: cut)
    case .forge:
      for each in rows.indices { rows[each].recorded += 1 }
      Self.hash(&rows, from: 0)
    }
  }

  private static func number(_ rows: inout [ChainRow]) {
    for index in rows.indices { rows[index].seq = Int64(index) + 1 }
  }

  private static func hash(_ rows: inout [ChainRow], from: Int) {
    for index in from..<rows.count {
      rows[index].prev = index == 0 ? nil : rows[index - 1].hash
      if let body = rows[index].body, let salt = rows[index].salt {
        rows[index].digest = ChainRow.digest(salt: salt, body: body)
      }
      rows[index].hash = rows[index].computedHash
    }
  }

  /// One bit, or one value, of one column.
  private static func flip(_ row: inout ChainRow, _ random: inout SplitMix64) {
    func bits(_ bytes: [UInt8]?) -> [UInt8]? {
      guard var bytes, !bytes.isEmpty else { return [0x41] }
      bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
      return bytes
    }
    // Bits above 6 would not be UTF-8, and come back as another text.
    func text(_ text: String?) -> String? {
      bits(text.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }
    }
    func number(_ number: Int64) -> Int64 { number ^ (1 << Int64.random(in: 0...40, using: &random)) }
    switch Int.random(in: 0...14, using: &random) {
    case 0: row.id = text(row.id) ?? ""
    case 1: row.version = number(row.version)
    case 2: row.occurred = number(row.occurred)
    case 3: row.ended = row.ended.map(number) ?? 0
    case 4: row.recorded = number(row.recorded)
    case 5: row.actor = text(row.actor) ?? ""
    case 6: row.kind = text(row.kind) ?? ""
    case 7:
      row.incident = row.incident == nil ? "INC-1" : Bool.random(using: &random) ? nil : text(row.incident)
    case 8: row.ticket = text(row.ticket)
    case 9: row.body = text(row.body.map { String(decoding: $0, as: UTF8.self) }).map { Array($0.utf8) }
    case 10: row.salt = bits(row.salt)
    case 11: row.digest = bits(row.digest) ?? []
    case 12: row.prev = bits(row.prev)
    case 13: row.hash = bits(row.hash) ?? []
    default: row.seq = row.seq + 100 + Int64.random(in: 0...5, using: &random)
    }
  }
}
