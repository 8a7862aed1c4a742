import GRDB
import Glibc
import Incidents
import Testing
import Values

@testable import Journal

@Suite("From schema 1") struct MigrationTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A journal as the midwatch of schema 1 left it, with so many cases; returns its head.
  func old(_ count: Int) throws -> Head {
    var fact = CaseTold(name: "c")
    let made = scratch.path + "/made.db"
    let head = try { () -> Head in
      let options = JournalOptions(file: made, folds: [Case.self, Notes.self])
      let journal = try Journal(options, by: ops1, at: instant(0))
      for number in 0..<count {
        fact.name = "c\(number)"
        fact.text = "word \(number)"
        try journal.perform(Tell(fact), by: ops1, at: instant(1))
      }
      return try journal.head()
    }()
    try scratch.folder.create()
    let queue = try DatabaseQueue(path: scratch.file)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: Version1.creation)
      try db.execute(sql: "ATTACH ? AS made", arguments: [made])
      for table in Version1.tables {
        try db.execute(sql: "INSERT INTO \(table) SELECT * FROM made.\(table) ORDER BY rowid")
      }
      try db.execute(sql: "DELETE FROM progress WHERE name IN ('words', 'index.case')")
      try db.execute(sql: "DELETE FROM meta WHERE key = 'words'; DETACH made")
      let tables = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'index_case%'")
      #expect(tables == 0)
    }
    return head
  }

  func keys(_ journal: Journal, _ text: String) throws -> [String] {
    try journal.keys(IndexQuery<Case>(.text(text)))
  }

  @Test func itIsReadAsItIsWhileItCannotBeWritten() throws {
    let head = try old(3)
    let journal = try scratch.open(folds: [Case.self], readOnly: true)
    #expect(try journal.rows(IndexQuery<Case>(.not(.isNull(.told)))).rows.map(\.key) == ["c0", "c1", "c2"])
    // Without an index of words nothing is found, and the answer says that there can be more.
    let page = try journal.rows(IndexQuery<Case>(.text("word")))
    #expect(page.rows.isEmpty && page.isPartial)
    let words = EventSelection([.init(.text("word 2"))])
    #expect(try journal.slice(words, beyond: nil, newer: false, limit: 9).events.count == 1)
    #expect(try journal.indexOlderWords() == 0)
    // Nor is there one of people.
    let mine = EventSelection([.init(.actors([ops1.handle]))])
    #expect(try journal.slice(mine, beyond: nil, newer: false, limit: 9).events.count == 4)
    #expect(try journal.head() == head)
  }

  @Test func openingBringsItOver() throws {
    let head = try old(3)
    let journal = try scratch.open(folds: [Case.self, Notes.self])
    #expect(Journal.verify(file: scratch.file + ".schema1") == .intact(head))
    #expect(try journal.head() == head)
    #expect(journal.verify(against: head.stamp) == .intact(head))
    #expect(try keys(journal, "word") == ["c0", "c1", "c2"])
    #expect(try keys(journal, "word 1") == ["c1"])
    #expect(try !journal.rows(IndexQuery<Case>(.text("word"))).isPartial)
    try journal.perform(Tell("d", "word"), by: ops1, at: instant(2))
    #expect(try keys(journal, "word") == ["c0", "c1", "c2", "d"])
    #expect(try journal.rebuild() == [])
    // As a new journal is.
    let fresh = try Scratch()
    let other = try fresh.open(folds: [Case.self])
    func tables(_ journal: Journal) throws -> Set<String> {
      let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
      return Set(
        try journal.read { try String.fetchAll($0, sql: sql) }.map { $0.split(separator: " ").joined() })
    }
    let version = try journal.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    #expect(version == Schema.version)
    let (ours, theirs) = (try tables(journal), try tables(other))
    #expect(ours.count == theirs.count)
    #expect(ours.filter { $0.contains("words") || $0.contains("index_") }.isSubset(of: theirs))
  }

  @Test func itWaitsForTheEngine() throws {
    _ = try old(1)
    let lock = EngineLock(scratch.folder)
    #expect(try lock.tryAcquire())
    let error = #expect(throws: JournalError.self) { try scratch.open(folds: [Case.self]) }
    #expect(error?.kind == .busy)
    #expect(!StateFolder.exists(scratch.file + ".schema1"))
    lock.release()
    #expect(try keys(scratch.open(folds: [Case.self]), "word") == ["c0"])
  }

  @Test func whatAMidwatchOfThenWroteMeanwhileIsTakenIn() throws {
    _ = try old(2)
    let journal = try scratch.open(folds: [Case.self])
    // It ran on, and knew neither the words nor the fold's index.
    try DatabaseQueue(path: scratch.file).writeWithoutTransaction { db in
      let sql = "SELECT max(rowid) FROM event"
      let last = try Int64.fetchOne(db, sql: sql) ?? 0
      try db.execute(sql: "INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM index_case")
      try db.execute(
        sql: "UPDATE progress SET last = ? WHERE name IN ('words', 'index.case')", arguments: [last - 1])
    }
    try journal.perform(Tell("d", "other"), by: ops1, at: instant(2))
    #expect(try keys(journal, "word") == ["c1"])
    #expect(try journal.keys(IndexQuery<Case>()) == ["c0", "c1", "d"])
  }

  @Test func wordsOfAnotherShapeAreTakenInAnew() throws {
    let first = try scratch.open(folds: [Case.self])
    try first.perform(Tell("c", "printer"), by: ops1, at: instant(1))
    try DatabaseQueue(path: scratch.file).writeWithoutTransaction { db in
      try db.execute(
        sql: """
          DROP TABLE words;
          CREATE VIRTUAL TABLE words USING fts5 (text, content = '', columnsize = 0);
          UPDATE progress SET version = 1 WHERE name = 'words'
          """)
    }
    let journal = try scratch.open(folds: [Case.self])
    #expect(try keys(journal, "pri") == ["c"])
    let sql = "SELECT sql FROM sqlite_schema WHERE name = 'words'"
    #expect(try journal.read { try String.fetchOne($0, sql: sql) }?.contains("prefix = '3'") == true)
  }
}
