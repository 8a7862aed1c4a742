import Probes
import Terminal
import Testing
import Values
import Watch
import Wire

@testable import Console

struct EndpointPageTests {
  private static func trace(_ reason: String, at: Instant) -> ProbeTrace {
    var failure = Failure(.refused, reason: reason)
    failure.hops = [
      Hop(method: "GET", url: "http://127.0.0.1:18085/api/health", sent: [Header("Accept", "*/*")])
    ]
    return Endpoint(name: "api", kind: .http, target: "http://127.0.0.1:18085/api/health")
      .trace(of: .failure(failure), at: at)
  }

  /// The number under which the trace was asked for.
  private static func number(_ player: Player) throws -> Int {
    let asked = try #require(player.asked.last { $0.hasPrefix("trace ") })
    return try #require(asked.split(separator: " ").dropFirst().first.flatMap { Int($0) })
  }

  @Test func enterShowsWhatIsKnownAndThenTheWholeProbe() throws {
    var player = try Player(size: Size(width: 80, height: 40))
    player.press("Tab", "Enter")
    #expect(player.text.contains("probing it …"))
    let number = try Self.number(player)
    player.receive(.traced(TraceAnswer(id: number + 1, refused: "of another page")))
    #expect(player.text.contains("probing it …"))
    let failure = Self.trace("connection refused by 127.0.0.1:18085", at: Fixture.now)
    let before = Self.trace("no answer in 5 s", at: Fixture.ago(.seconds(90)))
    player.receive(.traced(TraceAnswer(id: number, trace: failure, failures: [before])))
    #expect(!player.text.contains("probing it …"))
    #expect(player.text.contains("> Accept: */*"))
    #expect(player.text.contains("failed at 03:11:15Z"))
    try expectGolden(player.frame, "endpoint")
  }

  @Test func aPageThatWasClosedStaysClosed() throws {
    var player = try Player()
    player.press("Tab", "Enter")
    let number = try Self.number(player)
    player.press("Esc")
    player.receive(.traced(TraceAnswer(id: number, refused: "It is not probed: paused.")))
    #expect(!player.text.contains("It is not probed"))
  }

  @Test func whatIsLeftOutIsSaid() {
    var row = EndpointRow(name: "api", kind: "http", target: "https://api/", state: .down)
    let plain = EndpointPage(row: row).lines(at: Fixture.now).map(\.0).joined(separator: "\n")
    #expect(!plain.contains("unverified") && !plain.contains("skipped"))
    row.isUnverified = true
    row.skipped = 3
    row.next = Fixture.now + .minutes(1)
    row.delay = .backedOff
    let lines = EndpointPage(row: row).lines(at: Fixture.now)
    #expect(lines.contains { $0.0 == "next poll in 1m00s (backed off); r polls now" })
    #expect(lines.contains { $0.0 == "3 polls skipped for being late" && $0.1 == .warn })
    let sign = lines.first { $0.0.contains("unverified") }
    #expect(sign?.1 == .warn && sign?.0.hasPrefix(Sign.warn.glyph) == true)
  }

  @Test func aRowThatIsNotVerifiedSaysSo() {
    var row = EndpointRow(name: "api", kind: "http", target: "https://api/", state: .up)
    row.code = 200
    row.isUnverified = true
    var frame = Frame(width: 100, height: 1)
    let items = [EndpointItem(system: "shop", row: row)]
    EndpointList(items: items, state: ListState<String>(), isFocused: false, filter: "")
      .draw(
        in: &frame, Rect(x: 0, y: 0, width: 100, height: 1),
        World(options: Console.Options(handle: "ops1"), guides: []), at: Fixture.now)
    #expect(frame.text.contains("\(Sign.warn.glyph) unverified 200"))
  }
}
