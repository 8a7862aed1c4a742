import Foundation
import GRDB
import Incidents
import Values

@testable import Journal

/// A journal worth tampering with: restored from a backup, so that it holds two origins, with erased texts, and with
/// long texts in the file and beside it. Each round gets a copy.
final class Estate {
  /// As it was noted elsewhere when half of its events were there, and at the end.
  let middle: Stamp
  let end: Stamp
  /// Another journal, of the same size.
  let other: String
  private let scratch: Scratch
  private let file: String

  static let events: Int64 = 60

  init() throws {
    scratch = try Scratch()
    let first = try scratch.open()
    for step in 1...12 { try first.perform(Say("before \(step)"), by: ops1, at: instant(Int64(step))) }
    let copy = scratch.path + "/copy.db"
    try first.backup(to: copy)
    let place = try Scratch()
    let options = JournalOptions(folder: place.folder.path, folds: [Counter.self, Notes.self])
    let journal = try Journal.restore(from: copy, options, by: ops1, at: instant(20))
    middle = try Self.fill(journal)
    end = try journal.head().stamp
    file = scratch.path + "/estate.db"
    try journal.backup(to: file)
    try Self.moveBlobOut(of: file)
    other = scratch.path + "/other.db"
    try Self.makeOther(at: other)
  }

  /// Events, an erasure and two long texts; the stamp of the middle.
  private static func fill(_ journal: Journal) throws -> Stamp {
    var middle: Stamp?
    while try journal.head().count < events {
      let count = try journal.head().count
      if count == events / 2 { middle = try journal.head().stamp }
      var say = Say("text \(count)", incident: count % 3 == 0 ? "INC-1" : nil)
      if count == 10 || count == 20 {
        let bytes = Array("what the command wrote at \(count)".utf8)
        (say.attached, say.digest) = (bytes, Blobs.digest(bytes))
      }
      let events = try journal.perform(say, by: ops1, at: instant(100 + count))
      if count == 15, let id = events.first?.id {
        try journal.erase(event: id, reason: "asked to", by: ops1, at: instant(200))
      }
    }
    guard let middle else { throw Refusal("The estate has no middle.") }
    return middle
  }

  /// As a text above 8 MiB is kept, without its weight.
  private static func moveBlobOut(of file: String) throws {
    try DatabaseQueue(path: file).write { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT sha256, bytes FROM blob ORDER BY sha256 LIMIT 1")
      else {
        throw Refusal("The estate has no blob.")
      }
      let (name, bytes) = (try row.decode(String.self, atIndex: 0), try row.decode(Data.self, atIndex: 1))
      try BlobFolder(journal: file).write(Array(bytes), name: name)
      try db.execute(sql: "UPDATE blob SET bytes = NULL WHERE sha256 = ?", arguments: [name])
    }
  }

  private static func makeOther(at path: String) throws {
    let scratch = try Scratch()
    let journal = try scratch.open()
    while try journal.head().count < events { try journal.perform(Say("x"), by: ops1, at: instant(300)) }
    try journal.backup(to: path)
  }

  /// A copy at `path`, in place of what was there.
  func copy(to path: String) throws {
    let manager = FileManager.default
    for suffix in ["", "-wal", "-shm", "-journal", ".blobs"] where manager.fileExists(atPath: path + suffix) {
      try manager.removeItem(atPath: path + suffix)
    }
    try manager.copyItem(atPath: file, toPath: path)
    try manager.copyItem(atPath: file + ".blobs", toPath: path + ".blobs")
  }

  /// Every event by each way in which screens, searches and exports read them; throws where one cannot be read.
  func readings(of path: String) throws -> [[ChainRow]] {
    let paths = [
      "NOT INDEXED", "INDEXED BY sqlite_autoindex_event_2", "INDEXED BY event_by_time",
      "INDEXED BY event_by_kind",
    ]
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
      try paths.map { way in
        let condition =
          way.contains("kind") ? "WHERE kind > ''" : way.contains("auto") ? "WHERE origin > ''" : ""
        let sql = "SELECT \(Schema.columns) FROM event \(way) \(condition)"
        return try Row.fetchAll(db, sql: sql).map(EventRow.chainRow)
          .sorted { ($0.origin, $0.seq) < ($1.origin, $1.seq) }
      }
    }
  }

  func untouched() throws -> [[ChainRow]] { try readings(of: file) }
}
