import Foundation
import GRDB
import Incidents
import Testing
import Values

@testable import Journal

@Suite("The index of a fold") struct IndexTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func open(readOnly: Bool = false) throws -> Journal {
    try scratch.open(folds: [Case.self, Counter.self], readOnly: readOnly)
  }

  func rows(_ journal: Journal) throws -> [IndexRow<Case>] { try journal.rows(IndexQuery<Case>()).rows }

  /// The index as the entities say it should be.
  func expected(_ journal: Journal) throws -> [IndexRow<Case>] {
    try journal.entities(Case.self).map { IndexRow($0, key: $0.key) }.sorted { $0.key < $1.key }
  }

  @Test func rowsFollowActs() throws {
    let journal = try open()
    #expect(try rows(journal).isEmpty)
    var fact = CaseTold(name: "a")
    fact.title = "Cannot log in"
    fact.tags = ["vip", "login", "vip"]
    fact.due = instant(60)
    try journal.perform(Tell(fact), by: ops1, at: instant(1))
    try journal.perform(Tell("b"), by: ops1, at: instant(2))
    let row = try #require(try rows(journal).first)
    #expect(row.key == "a" && row.isOpen)
    #expect(row.text(.title) == "Cannot log in")
    #expect(row.integer(.due) == instant(60).milliseconds)
    #expect(row.list(.tags) == ["vip", "login", "vip"])
    #expect(row[.owner] == .null)
    #expect(try rows(journal) == expected(journal))
    try journal.perform(
      Tell(CaseTold(name: "a", tags: [], closed: true)), by: ops1, at: instant(3))
    #expect(try journal.keys(IndexQuery<Case>(.equal(.tags, "vip"))).isEmpty)
    #expect(try journal.keys(IndexQuery<Case>(.isOpen(true))) == ["b"])
    #expect(try rows(journal) == expected(journal))
    #expect(try journal.rebuild() == [])
    #expect(try rows(journal) == expected(journal))
  }

  @Test func anActFindsWhatEarlierOnesOfItsBatchMade() throws {
    let journal = try open()
    let results = journal.performBatch([
      WaitingAct(Tell(CaseTold(name: "a", title: "one")), by: ops1, at: instant(1)),
      WaitingAct(TellTitled(title: "one", text: "found"), by: ops1, at: instant(1)),
      WaitingAct(TellTitled(title: "two", text: "lost"), by: ops1, at: instant(1)),
    ])
    #expect(results.map { try? $0.get().count } == [1, 1, nil])
    #expect(try journal.entity(Case.self, key: "a")?.told == 2)
  }

  @Test func nothingOfARefusedOrBrokenActStays() throws {
    let journal = try open()
    try journal.perform(Tell("a", "calm"), by: ops1, at: instant(1))
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try journal.write { transaction in
        _ = try transaction.perform(WaitingAct(Tell("a", "storm"), by: ops1, at: instant(2)))
        _ = try transaction.perform(WaitingAct(Tell("b", "storm"), by: ops1, at: instant(2)))
        _ = try transaction.keys(IndexQuery<Case>(.text("storm")))
        throw Broken()
      }
    }
    #expect(try rows(journal) == expected(journal))
    #expect(try rows(journal).map { $0.integer(.told) } == [1])
    #expect(try journal.keys(IndexQuery<Case>(.text("storm"))).isEmpty)
    #expect(try journal.keys(IndexQuery<Case>(.text("calm"))) == ["a"])
  }

  @Test func actsOfProcessesThatDoNotKnowTheFoldAreCaughtUp() throws {
    let journal = try open()
    try journal.perform(Tell("a", "first"), by: ops1, at: instant(1))
    let other = try scratch.open(folds: [Counter.self])
    try other.perform(Tell("a", "second"), by: ops1, at: instant(2))
    // Its rows lag behind: answered from memory.
    #expect(try rows(journal).map { $0.integer(.told) } == [2])
    #expect(try journal.keys(IndexQuery<Case>(.text("second"))) == ["a"])
    #expect(try journal.count(IndexQuery<Case>(.text("first"))) == 1)
    #expect(try journal.counts(Case.self, by: .told) == [.integer(2): 1])
    try journal.perform(Tell("b", "third"), by: ops1, at: instant(3))
    #expect(try rows(journal) == expected(journal))
    #expect(try journal.keys(IndexQuery<Case>(.text("second"))) == ["a"])
  }

  @Test func anActOfManyEventsLosesNone() throws {
    // More than are kept back before they are written.
    let journal = try open()
    let count = 16_500
    try journal.perform(TellOften(count: count), by: ops1, at: instant(1))
    let noted = try journal.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM index_case_event") }
    #expect(noted == count)
    #expect(try rows(journal) == expected(journal))
  }

  @Test func twoWritersKeepOneIndex() throws {
    let (one, two) = (try open(), try open())
    for step in 0..<20 {
      let journal = step.isMultiple(of: 2) ? one : two
      try journal.perform(
        Tell(CaseTold(name: "c\(step % 3)", weight: step, tags: ["t\(step % 4)"])), by: ops1,
        at: instant(Int64(step)))
    }
    #expect(try rows(one) == expected(two))
    #expect(try rows(two) == rows(one))
  }

  @Test func aReaderAnswersFromTheTables() throws {
    let journal = try open()
    try journal.perform(Tell(CaseTold(name: "a", title: "of the table")), by: ops1, at: instant(1))
    let change = "UPDATE index_case SET title = 'only in the table'"
    try DatabaseQueue(path: scratch.file).write { try $0.execute(sql: change) }
    #expect(try rows(open(readOnly: true)).map { $0.text(.title) } == ["only in the table"])
    // Opening finds nothing to do, so the tables stay; rebuilding makes them anew.
    let again = try open()
    #expect(try rows(again).map { $0.text(.title) } == ["only in the table"])
    try again.rebuild()
    #expect(try rows(again).map { $0.text(.title) } == ["of the table"])
  }

  @Test(arguments: [
    "DROP TABLE index_case", "DROP TABLE index_case_event", "DROP INDEX index_case_0",
    "DELETE FROM progress WHERE name = 'index.case'", "ALTER TABLE index_case ADD COLUMN later INTEGER",
    "UPDATE progress SET last = 2 WHERE name = 'index.case'; UPDATE index_case SET title = 'x'",
  ])
  func tablesOfAnotherShapeAreMadeAnew(_ sql: String) throws {
    do {
      let journal = try open()
      try journal.perform(Tell(CaseTold(name: "a", text: "word", title: "t")), by: ops1, at: instant(1))
      try journal.perform(Tell("b"), by: ops1, at: instant(1))
    }
    try DatabaseQueue(path: scratch.file).write { try $0.execute(sql: sql) }
    let reader = try open(readOnly: true)
    #expect(try rows(reader) == expected(reader))
    #expect(try reader.keys(IndexQuery<Case>(.text("word"))) == ["a"])
    let journal = try open()
    #expect(try rows(journal) == expected(journal))
    #expect(try journal.keys(IndexQuery<Case>(.text("word"))) == ["a"])
    let made = try journal.read { try IndexTable<Case>().isThere($0) }
    #expect(made)
  }

  @Test func aFoldOfAnotherVersionTakesItsIndexAlong() throws {
    try open().perform(Tell(CaseTold(name: "a", text: "word", title: "t")), by: ops1, at: instant(1))
    try DatabaseQueue(path: scratch.file).write {
      try $0.execute(sql: "UPDATE progress SET version = 0 WHERE name LIKE '%case'; DELETE FROM fold")
      try $0.execute(sql: "UPDATE index_case SET title = 'old'")
    }
    let journal = try open()
    #expect(try rows(journal).map { $0.text(.title) } == ["t"])
    #expect(try journal.keys(IndexQuery<Case>(.text("word"))) == ["a"])
  }

  @Test func aRestoredCopyHasItsIndex() throws {
    let journal = try open()
    try journal.perform(Tell(CaseTold(name: "a", text: "word", title: "t")), by: ops1, at: instant(1))
    let copy = scratch.path + "/copy.db"
    try journal.backup(to: copy)
    let place = try Scratch()
    var options = JournalOptions(folder: place.folder.path, folds: [Case.self])
    options.name = "restored"
    let restored = try Journal.restore(from: copy, options, by: ops1, at: instant(2))
    try restored.perform(Tell("a", "later"), by: ops1, at: instant(3))
    #expect(try rows(restored) == expected(restored))
    #expect(try restored.keys(IndexQuery<Case>(.and([.text("word"), .text("later")]))) == ["a"])
  }

  @Test func erasingClearsTheRows() throws {
    let journal = try open()
    try journal.perform(Tell(CaseTold(name: "a", owner: "ops2")), by: ops1, at: instant(1))
    var fact = CaseTold(name: "a", others: ["c"], text: "Quillfeather")
    fact.title = "From Quillfeather"
    fact.tags = ["Quillfeather", "vip"]
    let event = try #require(try journal.perform(Tell(fact), by: ops1, at: instant(2)).first)
    #expect(try rows(journal).map(\.key) == ["a", "c"])
    #expect(try journal.keys(IndexQuery<Case>(.text("quillfeather"))) == ["a", "c"])
    try journal.erase(event: event.id, reason: "asked to", by: ops1, at: instant(3))
    #expect(try rows(journal) == expected(journal))
    #expect(try rows(journal).map(\.key) == ["a"])
    #expect(try journal.keys(IndexQuery<Case>(.text("quillfeather"))).isEmpty)
    #expect(try journal.keys(IndexQuery<Case>(.equal(.tags, "vip"))).isEmpty)
    let left = try journal.read { try Int.fetchAll($0, sql: "SELECT place FROM index_case_event") }
    #expect(left == [2])
    #expect(journal.verify() == .intact(try journal.head()))
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
    for file in files {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(scratch.folder.path)/\(file)"))
      for word in ["Quillfeather", "quillfeather", "uillfeather"] {
        #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(file)")
      }
    }
    #expect(try journal.rebuild() == [])
  }
}
