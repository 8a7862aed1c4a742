import Incidents
import Testing
import Values

@testable import Journal

/// Which words of the index a beginning can become.
@Suite struct VocabularyTests {
  private struct Said: Fact {
    static let kind = "note.added"
    let text: String
  }

  private struct Write: Act {
    let texts: [String]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      Decision(append: texts.map { Entry(Said(text: $0), at: now) })
    }
  }

  private func journal(_ texts: [String], _ scratch: Scratch) throws -> Journal {
    let journal = try scratch.open(folds: [])
    let actor = Actor(handle: "ops1", host: "jump2", uid: 1000)
    try journal.perform(Write(texts: texts), by: actor, at: Instant(milliseconds: 1_760_000_000_000))
    return journal
  }

  private func expression(_ text: String, _ journal: Journal) throws -> String {
    let query = try #require(WordQuery(text))
    return try journal.read { try query.expression($0) }
  }

  @Test(
    arguments: [
      ("rest", #"("rest" OR "restart" OR "restarted" OR "restored")"#),
      ("RESTART", #"("restart" OR "restarted")"#),
      ("restarted", #"("restarted")"#),
      ("pool rest", #""pool" AND ("rest" OR "restart" OR "restarted" OR "restored")"#),
      // No word begins so; a word that is whole; a beginning with an index of its own; what SQLite folds otherwise.
      ("resting", #""resting" *"#), ("rest ", #""rest""#), ("res", #""res" *"#), ("Zürich", #""Zürich" *"#),
      (#""rest pool""#, #""rest pool""#), ("a-rest", #""a-rest" *"#),
    ]) func aBeginningIsItsWords(_ text: String, _ wanted: String) throws
  {
    let scratch = try Scratch()
    let journal = try journal(
      ["Restarted the pool, restored by a restart in Zürich; a-rest", "rust"], scratch)
    #expect(try expression(text, journal) == wanted)
  }

  @Test func manyWordsStayABeginning() throws {
    let scratch = try Scratch()
    let some = try journal((0..<Vocabulary.most).map { "host\($0 + 1000)" }, scratch)
    #expect(try expression("host", some).hasPrefix(#"("host1000" OR "host1001""#))
    let other = try Scratch()
    let many = try journal((0...Vocabulary.most).map { "host\($0 + 1000)" }, other)
    #expect(try expression("host", many) == #""host" *"#)
    let all = EventSelection([.init(.text("host"))])
    #expect(try many.slice(all, beyond: nil, newer: false, limit: 100).events.count == 65)
  }

  @Test func whatOnlyReadsHasOne() throws {
    let scratch = try Scratch()
    let journal = try journal(["restart"], scratch)
    let reader = try Connections(path: journal.path, readOnly: true)
    #expect(try reader.read { try Vocabulary.words(beginning: "rest", $0) } == ["restart"])
  }
}
