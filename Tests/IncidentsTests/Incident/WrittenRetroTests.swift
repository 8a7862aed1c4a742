import Incidents
import Testing
import Values

@Suite struct WrittenRetroTests {
  private let one = OneIncident()

  private func retro() throws -> WrittenRetro {
    try #require(try one.record.entity(WrittenRetro.self, "INC-1"))
  }

  private func write(_ section: String, _ text: String) -> WriteRetro {
    WriteRetro(incident: "INC-1", section: section, text: text)
  }

  @Test func aLaterTextTakesThePlaceOfTheEarlier() throws {
    try one.declare(at: 0)
    try one.perform(write("lessons", "Read *first*."), at: 1)
    try one.perform(write("x_for_the_board", "Nothing."), at: 2)
    try one.perform(write("root-cause", "The pool."), at: 3)
    try one.perform(write("root_cause", "The pool was too small."), by: TestRecord.ops2, at: 4)
    #expect(try retro().written.map(\.part.title) == ["Root cause", "Lessons", "For the board"])
    let cause = try #require(try retro()[.rootCause])
    #expect(cause.text == "The pool was too small." && cause.by == "ops2" && cause.revision == 2)
    #expect(cause.at == one.at(4) && cause.event == one.record.events.last?.id)
    // The first wording is in the journal.
    let texts = one.record.events.compactMap { $0.fact(RetroWritten.self)?.text }
    #expect(texts.contains("The pool."))
    try one.perform(write("root_cause", "  "), at: 5)
    #expect(try retro()[.rootCause] == nil)
    try one.perform(write("root_cause", "The pool."), at: 6)
    #expect(try retro()[.rootCause]?.revision == 4)
  }

  @Test func refusalsSayWhy() throws {
    try one.refuses(
      write("summary", "x"), at: 0, "There is no incident INC-1; `midwatch incident list` shows them.")
    try one.declare(at: 0)
    try one.refuses(write("lessons", " "), at: 1, "Lessons needs words; nothing is written there.")
    try one.perform(write("lessons", "Read."), at: 1)
    try one.refuses(
      write("lessons", "Read."), at: 2, "ops1 wrote the same at 2026-11-21 03:01:00Z.")
    try one.refuses(
      write("lesons\u{202E}", "x"), at: 2,
      "A retro has no section lesons�; it has summary, contributing_factors, root_cause, blast_radius, "
        + "detection, went_well, went_badly, went_luckily, follow_ups, lessons, and your own: x_ and a name.")
    try one.refuses(
      write("summary", String(repeating: "x", count: 65_537)), at: 2,
      "Summary has 65537 bytes; a section has at most 65536. Name a file.")
  }

  @Test(arguments: ["x_", "x__", "X_a", "x_A", "x_a b", "x_" + String(repeating: "a", count: 41), "", "_"])
  func isNoName(_ name: String) {
    #expect(RetroPart(name) == nil)
  }
}
