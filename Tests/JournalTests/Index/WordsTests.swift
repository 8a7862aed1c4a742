import GRDB
import Incidents
import Testing
import Values

@testable import Journal

@Suite("The index of words") struct WordsTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(
    arguments: [
      ("printer", "\"printer\" *"), ("printer ", "\"printer\""),
      ("Printer jams", "\"Printer\" AND \"jams\" *"),
      ("pr", "\"pr\""), ("10.0.0.1", "\"10.0.0.1\""), ("INC-144", "\"INC-144\" *"), ("ends.", "\"ends.\""),
      ("\"paper jam\" tray", "\"paper jam\" AND \"tray\" *"), ("\"paper jam", "\"paper jam\" *"),
      ("\"paper jam\"", "\"paper jam\""), ("a \"b\"c\" d", "\"a\" AND \"b\" AND \"c\" AND \" d\""),
      ("NOT OR AND", "\"NOT\" AND \"OR\" AND \"AND\" *"), ("--- a", "\"a\""), ("x*y", "\"x*y\""),
    ] as [(String, String)])
  func whatIsTypedIsQuoted(_ typed: String, _ expression: String) {
    #expect(WordQuery(typed)?.expression == expression)
  }

  @Test(arguments: ["", " ", "---", "\"\"", "\u{0}", "%_*", "🦜"]) func withoutAWordNothingIsAsked(
    _ typed: String
  ) {
    #expect(WordQuery(typed) == nil)
  }

  @Test func whatIsSearchedIsForPeople() {
    let body = #"""
      {"text":"Jane Ruiz","n":12,"b":true,"deep":[{"x":"inner \"quoted\" é"},null],
      "sha256":"ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e",
      "id":"0193b2c4-5d6e-7f80-9a0b-1c2d3e4f5a6b","due":"2026-11-22T03:00:00.000Z","due2":"2026-11-22T03:00:00Z",
      "not_quite":"2026-11-22T03:00:00 Z","key":"INC-14","hex":"deadbeef","plan":{"zone":"Europe/Madrid"},
      "steps":[{"plan":"call them"}]}
      """#
    #expect(
      EventText.text(of: Array(body.utf8)) == """
        Jane Ruiz
        inner "quoted" é
        2026-11-22T03:00:00 Z
        INC-14
        deadbeef
        call them
        """)
    #expect(EventText.text(of: Array("not json".utf8)) == "")
  }

  func keys(_ journal: Journal, _ text: String) throws -> [String] {
    try journal.keys(IndexQuery<Case>(.text(text)))
  }

  @Test func wordsAreFoundWhateverTheirCaseAndAccents() throws {
    let journal = try scratch.open(folds: [Case.self])
    try journal.perform(Tell("a", "Le café ferme À MIDI, straße INC-14"), by: ops1, at: instant(1))
    try journal.perform(Tell("a", "the printer jams"), by: ops1, at: instant(1))
    try journal.perform(Tell("b", "printer of floor 3"), by: ops1, at: instant(1))
    for (text, found) in [
      ("cafe", ["a"]), ("CAFÉ midi", ["a"]), ("caf", ["a"]), ("af", []), ("ca ", []), ("inc-14", ["a"]),
      ("14 inc", ["a"]), ("\"14 inc\"", []), ("print", ["a", "b"]), ("print ", []), ("printer", ["a", "b"]),
      ("printer floor", ["b"]), ("printer cafe", []), ("straße", ["a"]),
    ] as [(String, [String])] {
      #expect(try keys(journal, text) == found, "\(text)")
    }
    #expect(
      try journal.keys(IndexQuery<Case>(.and([.text("printer"), .text("cafe")]))) == ["a"])
    #expect(try journal.keys(IndexQuery<Case>(.not(.text("cafe")))) == ["b"])
  }

  @Test func scriptsWithoutBlanksAreFoundByTheirWords() throws {
    let journal = try scratch.open(folds: [Case.self])
    try journal.perform(Tell("a", "二重に課金されました。返金してください。"), by: ops1, at: instant(1))
    try journal.perform(Tell("b", "เก็บเงินซ้ำ และ カタカナ"), by: ops1, at: instant(1))
    for (text, found) in [
      ("課金", ["a"]), ("返金", ["a"]), ("課金されました", ["a"]), ("金課", []), ("課", ["a"]), ("เงิน", ["b"]),
      ("カナ", ["b"]), ("課金 返金", ["a"]), ("\"返金して\"", ["a"]),
    ] as [(String, [String])] {
      #expect(try keys(journal, text) == found, "\(text)")
    }
  }

  @Test func olderEventsAreTakenInABitAtATime() throws {
    let journal = try scratch.open(folds: [Case.self])
    for number in 1...9 { try journal.perform(Tell("c\(number)", "word"), by: ops1, at: instant(1)) }
    // As after a migration of a journal so long that not all of it was taken in at once.
    try journal.write { transaction in try Words.clear(last: 10, transaction.db) }
    #expect(try keys(journal, "word").isEmpty)
    #expect(try journal.rows(IndexQuery<Case>(.text("word"))).isPartial)
    #expect(try journal.indexOlderWords(4) == 6)
    #expect(try keys(journal, "word") == ["c6", "c7", "c8", "c9"])
    try journal.perform(Tell("d", "word"), by: ops1, at: instant(2))
    #expect(try keys(journal, "word") == ["c6", "c7", "c8", "c9", "d"])
    // What is not in it yet needs no taking out, and never comes into it.
    let event = try #require(try journal.events(after: 2, limit: 1).first)
    try journal.erase(event: event.id, reason: "r", by: ops1, at: instant(3))
    #expect(try journal.indexOlderWords(1000) == 0)
    #expect(try journal.indexOlderWords(1000) == 0)
    let page = try journal.rows(IndexQuery<Case>(.text("word")))
    #expect(page.rows.map(\.key) == ["c1", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "d"])
    #expect(!page.isPartial)
  }

  @Test func aRebuildMakesItAnew() throws {
    let journal = try scratch.open(folds: [Case.self])
    for number in 1...5 { try journal.perform(Tell("c\(number)", "word\(number)"), by: ops1, at: instant(1)) }
    try journal.write { try Words.clear(last: 6, $0.db) }
    try journal.rebuild()
    #expect(try keys(journal, "word3") == ["c3"])
    #expect(try journal.indexOlderWords() == 0)
  }

  @Test func anErasedWordStaysWhereOthersSaidIt() throws {
    let journal = try scratch.open(folds: [Case.self])
    var ids: [String] = []
    for number in 1...40 {
      let events = try journal.perform(Tell("c\(number)", "shared word"), by: ops1, at: instant(1))
      ids += events.map(\.id)
    }
    for number in [3, 17, 40] {
      try journal.erase(event: ids[number - 1], reason: "r", by: ops1, at: instant(2))
    }
    let expected = (1...40).filter { ![3, 17, 40].contains($0) }.map { "c\($0)" }.sorted()
    #expect(try keys(journal, "shared word") == expected)
    try journal.write { try $0.db.execute(sql: "INSERT INTO words (words) VALUES ('integrity-check')") }
  }
}
