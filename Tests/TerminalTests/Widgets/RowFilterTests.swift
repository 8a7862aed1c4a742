import Terminal
import Testing

@Suite("Filter")
struct RowFilterTests {
  @Test(
    "words, inversion",
    arguments: [
      ("", true), ("queue", true), ("QUEUE nova", true), ("queue ensei", false), ("!ensei", true),
      ("queue !nova", false), ("! nova", false), ("! ensei", true), ("!", true),
    ])
  func matches(_ filter: String, _ expected: Bool) {
    #expect(RowFilter(filter).matches("▲ WARN QueueBacklog nova-rms") == expected)
  }

  @Test("what matched is marked")
  func marked() {
    let spans = RowFilter("ack err").marked("PackErrorRatePage", style: Style.text.selected)
    #expect(spans.map(\.0) == ["P", "ackErr", "orRatePage"])
    #expect(spans.map(\.1) == [.text.selected, .match.selected, .text.selected])
  }

  @Test("fuzzy: beginnings of words and neighbours are better")
  func fuzzy() throws {
    let names = ["acknowledge", "stack back", "act on hold, keep", "silence"]
    let ranked = names.compactMap { name in FuzzyMatch("ack", in: name).map { (name, $0.score) } }
      .sorted { $0.1 > $1.1 }.map(\.0)
    #expect(ranked == ["acknowledge", "act on hold, keep", "stack back"])
    #expect(FuzzyMatch("ack", in: "silence") == nil)
    #expect(try #require(FuzzyMatch("du", in: "declare, update")).positions == [0, 9])
    #expect(FuzzyMatch("", in: "x")?.score == 0)
  }
}
