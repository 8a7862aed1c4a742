import Foundation
import GRDB
import Incidents
import Testing
import Values

@testable import Journal

@Suite("The chain and its check") struct VerifyTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Ten events; the tenth is seq 10.
  func filled() throws -> Journal {
    let journal = try scratch.open()
    for step in 2...10 {
      try journal.perform(Say("text \(step)", incident: "INC-1"), by: ops1, at: instant(Int64(step)))
    }
    return journal
  }

  /// What somebody with write access to the file can do, past the triggers.
  func tamper(_ statements: String) throws {
    try DatabaseQueue(path: scratch.file).writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA writable_schema = ON; PRAGMA recursive_triggers = OFF")
      for trigger in ["event_insert", "event_update", "event_delete"] {
        try db.execute(sql: "DROP TRIGGER IF EXISTS \(trigger)")
      }
      try db.execute(sql: statements)
    }
  }

  @Test func whatWasWrittenVerifies() throws {
    let journal = try filled()
    let head = try journal.head()
    #expect(head.count == 10)
    #expect(journal.verify() == .intact(head))
    #expect(journal.verify(against: head.stamp) == .intact(head))
    #expect(journal.verify(against: Stamp(head.description)) == .intact(head))
    #expect(Journal.verify(file: scratch.file) == .intact(head))
  }

  @Test(
    arguments: [
      ("a flipped letter", "UPDATE event SET body = replace(body, 'text 5', 'text 6') WHERE seq = 5", 5),
      ("a body that is no JSON", "UPDATE event SET body = 'x' || body WHERE seq = 4", 4),
      ("another time", "UPDATE event SET occurred = occurred - 1 WHERE seq = 6", 6),
      ("another actor", "UPDATE event SET actor = 'eve@jump2#1000' WHERE seq = 6", 6),
      ("a set incident", "UPDATE event SET incident = NULL WHERE seq = 3", 3),
      ("an added end", "UPDATE event SET ended = 5 WHERE seq = 3", 3),
      ("another hash", "UPDATE event SET hash = zeroblob(32) WHERE seq = 7", 7),
      ("another salt", "UPDATE event SET salt = zeroblob(16) WHERE seq = 7", 7),
      ("a salt taken alone", "UPDATE event SET salt = NULL WHERE seq = 7", 7),
      ("a silent erasure", "UPDATE event SET salt = NULL, body = NULL WHERE seq = 7", 7),
      ("a deletion", "DELETE FROM event WHERE seq = 5", 5),
      ("the first deleted", "DELETE FROM event WHERE seq = 1", 1),
      (
        "a deletion with renumbering",
        "DELETE FROM event WHERE seq = 5; UPDATE event SET seq = seq - 100 WHERE seq > 5;"
          + "UPDATE event SET seq = seq + 99 WHERE seq < 0", 5
      ),
      (
        "two swapped",
        "UPDATE event SET seq = 100 WHERE seq = 5; UPDATE event SET seq = 5 WHERE seq = 6;"
          + "UPDATE event SET seq = 6 WHERE seq = 100", 5
      ),
      (
        "texts swapped with salts and digests",
        """
        CREATE TEMP TABLE t AS SELECT seq, body, salt, digest FROM event WHERE seq IN (5, 6);
        UPDATE event SET (body, salt, digest) = (SELECT body, salt, digest FROM t WHERE t.seq = 11 - event.seq)
        WHERE seq IN (5, 6)
        """, 5
      ),
      (
        "an insertion",
        "UPDATE event SET seq = -seq WHERE seq > 5; UPDATE event SET seq = 1 - seq WHERE seq < 0;"
          + "INSERT INTO event SELECT origin, 6, 'forged', version, occurred, ended, recorded, actor, kind, incident,"
          + "ticket, body, salt, digest, zeroblob(32), hash FROM event WHERE seq = 5", 6
      ),
    ])
  func tamperingIsFound(_ what: String, _ statements: String, _ seq: Int64) throws {
    let journal = try filled()
    try tamper(statements)
    guard case .broken(let found, let why) = journal.verify() else {
      Issue.record("\(what) went unnoticed")
      return
    }
    #expect(found == seq, "\(what): \(why)")
    #expect(why.hasSuffix("."))
    #expect(Journal.verify(file: scratch.file) == .broken(at: found, why: why))
  }

  @Test func aMissingTailIsFoundByItsStamp() throws {
    let journal = try filled()
    let stamp = try journal.head().stamp
    try tamper("DELETE FROM event WHERE seq > 8")
    #expect(journal.verify() == .missingTail(expected: 10, found: 8))
    // The folds have seen more.
    try tamper("UPDATE meta SET value = 8 WHERE key = 'count'")
    #expect(journal.verify() == .missingTail(expected: 10, found: 8))
    try tamper("UPDATE progress SET last = 8")
    guard case .damaged(let why) = journal.verify() else {
      Issue.record("the triggers are gone, and nobody says so")
      return
    }
    #expect(why == "the trigger event_delete is not there.")
    try DatabaseQueue(path: scratch.file).write { try $0.execute(sql: Self.triggers) }
    guard case .intact = journal.verify() else {
      Issue.record("without a stamp a cut chain is whole")
      return
    }
    #expect(journal.verify(against: stamp) == .missingTail(expected: 10, found: 8))
  }

  /// As the schema makes them.
  private static let triggers: String = {
    let sql = Schema.creation
    guard let start = sql.range(of: "CREATE TRIGGER event_insert"),
      let end = sql.range(of: "-- One entity as its events")
    else { return "" }
    return String(sql[start.lowerBound..<end.lowerBound])
  }()

  @Test func aChainWrittenAnewDoesNotFitItsStamp() throws {
    let journal = try filled()
    let stamp = Stamp(count: 10, hash: String(repeating: "0", count: 8))
    guard case .broken(at: 10, _) = journal.verify(against: stamp) else {
      Issue.record("a stamp of another chain fits")
      return
    }
    let foreign = Stamp(origin: String(repeating: "a", count: 32), count: 3, hash: "00000000")
    guard case .cannotTell = journal.verify(against: foreign) else {
      Issue.record("another origin's stamp fits")
      return
    }
  }

  @Test func triggersRefuseWhatIsNotAnAppend() throws {
    _ = try filled()
    let queue = try DatabaseQueue(path: scratch.file)
    let refused = [
      "UPDATE event SET kind = 'x' WHERE seq = 2",
      "UPDATE event SET body = '{}' WHERE seq = 2",
      "UPDATE event SET body = NULL WHERE seq = 2",
      "UPDATE event SET salt = NULL, body = NULL, actor = 'x' WHERE seq = 2",
      "DELETE FROM event WHERE seq = 10",
      "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
      "INSERT OR REPLACE INTO event SELECT origin, 11, id, version, occurred, ended, recorded, actor, kind, incident,"
        + "ticket, body, salt, digest, hash, prev FROM event WHERE seq = 2",
    ]
    for statement in refused {
      #expect(throws: DatabaseError.self, "\(statement)") {
        try queue.write { try $0.execute(sql: statement) }
      }
    }
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") } == 10)
  }

  @Test func aChangedBlobIsFound() throws {
    let journal = try scratch.open()
    var say = Say("see")
    say.attached = Array("evidence".utf8)
    say.digest = "ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e"
    try journal.perform(say, by: ops1, at: instant(1))
    #expect(journal.verify() == .intact(try journal.head()))
    try tamper("UPDATE blob SET bytes = x'00'")
    guard case .broken(at: 2, _) = journal.verify() else {
      Issue.record("a changed blob went unnoticed")
      return
    }
    try tamper("DELETE FROM blob")
    guard case .broken(at: 2, _) = journal.verify() else {
      Issue.record("a missing blob went unnoticed")
      return
    }
  }

  @Test func aFileThatIsNoJournalCannotBeTold() throws {
    try scratch.folder.create()
    guard case .cannotTell = Journal.verify(file: scratch.file) else {
      Issue.record("a missing file verifies")
      return
    }
    try Data("not a database, but long enough to look at".utf8).write(to: URL(fileURLWithPath: scratch.file))
    guard case .cannotTell = Journal.verify(file: scratch.file) else {
      Issue.record("a text file verifies")
      return
    }
  }

  @Test func damageIsFoundOrHarmless() throws {
    var random = SplitMix64(state: 11)
    var found = 0
    for round in 0..<24 {
      let scratch = try Scratch()
      let copy = scratch.path + "/copy.db"
      let journal = try scratch.open()
      let acts = (0..<100).map { WaitingAct(Say("text \($0) of \(round)"), by: ops1, at: instant(1)) }
      for result in journal.performBatch(acts) { _ = try result.get() }
      try journal.backup(to: copy)
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: copy)))
      let start = Int.random(in: 4096..<bytes.count - 512, using: &random)
      for index in start..<start + 512 { bytes[index] = UInt8.random(in: 0...255, using: &random) }
      try Data(bytes).write(to: URL(fileURLWithPath: copy))
      guard case .intact(let head) = Journal.verify(file: copy) else {
        found += 1
        continue
      }
      // An index or a fold was hit: every event must still be what was written.
      #expect(try head == journal.head())
      var options = JournalOptions(file: copy, folds: [])
      options.readOnly = true
      let events = try Journal(options, by: ops1, at: instant(2)).events(after: 0)
      #expect(try events == journal.events(after: 0))
    }
    #expect(found > 4)
  }

  @Test func theHashIsTheDocumentedOne() {
    // Computed with a few lines of Python's struct and hashlib from the documentation of the format.
    let digest = ChainRow.digest(salt: [UInt8](0..<16), body: Array(#"{"text":"x"}"#.utf8))
    let row = ChainRow(
      origin: String(repeating: "ab", count: 16), seq: 1, id: "01890a5d-ac96-774b-bcce-b302099a8057",
      version: 1,
      occurred: 1_700_000_000_000, ended: nil, recorded: -5, actor: "ops1@jump2#1000", kind: "note.added",
      incident: "INC-1", ticket: nil, body: nil, salt: nil, digest: digest, prev: nil, hash: [])
    #expect(Hex.text(digest) == "6d1fe932a408956e45c0d6fefdd2ddc78ae166dae51d8a60275d4eec7fda8fd2")
    #expect(Hex.text(row.computedHash) == "5798f33192fd1f2d60c997dfc99ee9d20176f9beb7df402488ce0e8870c77e9d")
  }

  @Test(arguments: [
    ("1042·9f3a61c2", true), ("1042:9F3A61C2", true), ("1042 9f3a61c2", true), ("1042·9f3a61c", false),
    ("0·9f3a61c2", false), ("·9f3a61c2", false), ("x·9f3a61c2", false), ("1·9f3a61cg", false), ("", false),
  ])
  func stampsAreRead(_ text: String, _ isOne: Bool) {
    #expect((Stamp(text) != nil) == isOne)
    if isOne { #expect(Stamp(text) == Stamp(count: 1042, hash: "9f3a61c2")) }
  }
}
