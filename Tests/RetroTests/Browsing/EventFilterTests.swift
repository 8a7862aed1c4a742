import Desk
import Incidents
import Retro
import Testing
import Values

/// Filters of events as people write them.
@Suite struct EventFilterTests {
  private static let now = Instant(rfc3339: "2026-11-21T03:12:45Z") ?? Instant(milliseconds: 0)

  private func read(_ text: String) -> (filter: EventFilter, problems: [FilterProblem]) {
    EventFilter.read(text, me: "ops1", at: Self.now, offset: 3600)
  }

  @Test func everyTerm() {
    let (filter, problems) = read(
      "kind:alert,note actor:me !system:nova-rms inc:3 ticket:T-7 since:-2h until:02:00Z is:pinned two words")
    #expect(problems.isEmpty)
    #expect(
      filter.terms == [
        .init(.kinds(["alert", "note"])), .init(.actors(["ops1"])),
        .init(.systems(["nova-rms"]), isNegated: true), .init(.incidents(["INC-3"])),
        .init(.tickets(["T-7"])), .init(.text("two words")),
      ])
    #expect(filter.since == .ago(.hours(2)))
    #expect(filter.until == Instant(rfc3339: "2026-11-21T02:00:00Z").map { .at($0) })
    #expect(filter.isPinned)
  }

  @Test(
    arguments: [
      ("2026-11-20", "2026-11-19T23:00:00Z"), ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"),
      ("04:00", "2026-11-21T03:00:00Z"), ("23:50", "2026-11-20T22:50:00Z"),
      ("\"yesterday 23:50Z\"", "2026-11-20T23:50:00Z"), ("\"2026-11-01 12:00Z\"", "2026-11-01T12:00:00Z"),
    ])
  func times(_ text: String, _ wanted: String) throws {
    let (filter, problems) = read("since:\(text)")
    #expect(problems.isEmpty)
    #expect(filter.since?.instant(at: Self.now) == Instant(rfc3339: wanted))
  }

  @Test(
    arguments: [
      ("state:open", 1, "no filter knows"), ("error since:noon", 7, "is no time"),
      ("!since:-2h", 1, "a time is not excluded"), ("is:green", 1, "is:pinned"),
      ("!is:pinned", 1, "is:pinned"),
      ("kind:", 1, "needs a value"), ("since:-0s", 1, "is no time"),
    ])
  func mistakes(_ text: String, _ column: Int, _ part: String) throws {
    let problem = try #require(read(text).problems.first)
    #expect(problem.column == column)
    #expect(problem.sentence.contains(part))
    #expect(problem.sentence.hasSuffix("."))
  }

  @Test func whatIsQuotedIsText() {
    #expect(read("\"kind:alert\"").filter.terms == [.init(.text("kind:alert"))])
    #expect(read("!\"gone away\"").filter.terms == [.init(.text("\"gone away\""), isNegated: true)])
    #expect(read("   ").filter.isEmpty)
  }

  @Test func kindsByWords() {
    let all = ["alert.fired", "alert.resolved", "incident.declared", "note.added"]
    func kinds(_ text: String) -> [EventSelection.Test] {
      read(text).filter.selection(kinds: all, at: Self.now).terms.map(\.test)
    }
    #expect(kinds("kind:alert") == [.kinds(["alert.fired", "alert.resolved"])])
    #expect(kinds("kind:declared") == [.kinds(["incident.declared"])])
    #expect(kinds("kind:note.added,resolved") == [.kinds(["alert.resolved", "note.added"])])
    #expect(kinds("kind:al") == [.kinds([])])
  }
}
