import Foundation
import Journal
import Probes
import Serving
import Systems
import Testing
import Values
import Wire

@testable import Host

struct PushBoardTests {
  private static let start = Instant(seconds: 1_800_000_000)
  private static let dump = PushPlace(system: "shop", endpoint: "dump")
  private static let safe = PushPlace(system: "shop", endpoint: "safe")
  private static let request = PushedRequest(patience: .hours(26))

  private static func folder(_ endpoints: String = "{dump: {push: 26h}, safe: {push: 1h, bearer: \"${T}\"}}")
    -> SystemFolder
  {
    SystemFolder.load(
      Folder(
        name: "shop", files: ["system.yaml": "title: Shop\nsecrets: {T: }\nendpoints: \(endpoints)\n"]),
      environment: ["T": "s3cret-token"]
    ).0
  }

  private let place = try? TestFolder()

  private func store() throws -> SampleStore {
    try SampleStore(StateFolder(try #require(place).path + "/state"))
  }

  private func board(_ store: SampleStore?, at now: Instant = start) -> PushBoard {
    let board = PushBoard()
    board.begin(store, at: now)
    board.admit(Self.folder(), isTrusted: true, at: now)
    return board
  }

  private func push(
    _ text: String, to place: PushPlace = dump, type: String? = nil, _ bearer: PushGate.Bearer = .none,
    on board: PushBoard, at now: Instant = start
  ) -> HTTPRefusal? {
    do throws(HTTPRefusal) {
      try board.take(Array(text.utf8), type: type, for: place, bearer: bearer, at: now)
      return nil
    } catch {
      return error
    }
  }

  private func failure(_ outcome: Outcome) -> Failure? {
    if case .failure(let failure) = outcome { failure } else { nil }
  }

  @Test func whatWasPushedIsFound() throws {
    let board = board(nil)
    #expect(push("rows 5", on: board, at: Self.start + .minutes(1)) == nil)
    let response = try board.outcome(of: Self.dump, Self.request, at: Self.start + .minutes(3)).get()
    #expect(response.body == Array("rows 5\n".utf8))
    #expect(response.push == PushReceipt(at: Self.start + .minutes(1), silence: .minutes(2)))
    #expect(push("", on: board, at: Self.start + .minutes(4)) == nil)
    #expect(try board.outcome(of: Self.dump, Self.request, at: Self.start + .minutes(4)).get().body.isEmpty)
    #expect(board.counts == (2, 0))
  }

  @Test func nothingYetIsUnheardUntilPatienceIsOver() {
    let board = board(nil)
    let early = failure(board.outcome(of: Self.dump, Self.request, at: Self.start + .hours(26)))
    #expect(early?.kind == .unheard)
    let late = failure(board.outcome(of: Self.dump, Self.request, at: Self.start + .hours(26) + .seconds(1)))
    #expect(late?.kind == .timeout && late?.reason.hasPrefix("nothing was pushed since ") == true)
  }

  @Test(arguments: [
    ("rows 5\nrows{ 6\n", nil, 400, "Line 2 of what was pushed: "),
    ("rows 5 1800000000000\n", nil, 400, "Line 1 of what was pushed: a sample that is pushed has the time"),
    ("{\"rows\": 5}", "application/json", 415, "\"application/json\" is no page of metrics"),
    ("rows 5\n", "application/openmetrics-text", 400, "Line "),
  ])
  func whatIsNoPageIsRefused(_ text: String, _ type: String?, _ status: Int, _ sentence: String) {
    let board = board(nil)
    let refusal = push(text, type: type, on: board)
    #expect(refusal?.status == status && refusal?.sentence.hasPrefix(sentence) == true, "\(refusal as Any)")
    #expect(failure(board.outcome(of: Self.dump, Self.request, at: Self.start))?.kind == .unheard)
    #expect(board.counts == (0, 1))
  }

  @Test func whatIsTooMuchIsRefused() {
    let board = board(nil)
    #expect(push(String(repeating: "#", count: PushBoard.maximumBytes + 1), on: board)?.status == 413)
    let many = (0...10_000).map { "a{n=\"\($0)\"} 1\n" }
    #expect(push(many.joined(), on: board)?.sentence.hasPrefix("Line 10001 of what was pushed: ") == true)
    #expect(push(many.dropLast().joined(), on: board) == nil)
  }

  @Test func aFormAndOpenMetricsArePages() throws {
    let board = board(nil)
    #expect(push("rows 5", type: "application/x-www-form-urlencoded", on: board) == nil)
    #expect(push("rows 5\n# EOF\n", type: "application/openmetrics-text; version=1.0.0", on: board) == nil)
    let response = try board.outcome(of: Self.dump, Self.request, at: Self.start).get()
    #expect(response.header("content-type") == PushPage.openMetrics)
  }

  @Test func onlyWhoMayAndOnlyWhatIsThere() {
    let board = board(nil)
    #expect(push("", to: PushPlace(system: "shop", endpoint: "nobody"), on: board)?.status == 404)
    #expect(push("", to: Self.safe, on: board)?.status == 401)
    #expect(push("", to: Self.safe, .token("s3cret-tokex"), on: board)?.status == 401)
    #expect(push("", to: Self.safe, .token(""), on: board)?.status == 401)
    #expect(push("", to: Self.safe, .token("s3cret-token"), on: board) == nil)
    #expect(push("", to: Self.safe, .notNeeded, on: board) == nil)
    board.admit(Self.folder(), isTrusted: false, at: Self.start)
    let held = push("", to: Self.safe, .token("s3cret-token"), on: board)
    #expect(held?.status == 503 && held?.sentence.hasSuffix("is held back: not trusted.") == true)
    board.end()
    #expect(push("", on: board)?.status == 503)
  }

  @Test func aRestartForgetsNothing() throws {
    let first = board(try store())
    #expect(push("rows 5\n", on: first, at: Self.start + .seconds(5)) == nil)
    first.breathe(at: Self.start + .seconds(10))
    first.end()
    // `end` notes the time of the real clock, which these instants do not follow.
    try store().setValue(Array("\((Self.start + .seconds(10)).milliseconds)".utf8), for: "pushed-breath")
    let second = board(try store(), at: Self.start + .seconds(15))
    defer { second.end() }
    let response = try second.outcome(of: Self.dump, Self.request, at: Self.start + .seconds(25)).get()
    #expect(response.body == Array("rows 5\n".utf8))
    #expect(response.push == PushReceipt(at: Self.start + .seconds(5), silence: .seconds(20)))
  }

  @Test func timeWithoutAnEngineIsNoSilence() throws {
    let first = board(try store())
    #expect(push("", on: first, at: Self.start) == nil)
    first.end()
    try store().setValue(Array("\(Self.start.milliseconds)".utf8), for: "pushed-breath")
    let second = board(try store(), at: Self.start + .days(3))
    defer { second.end() }
    let response = try second.outcome(of: Self.dump, Self.request, at: Self.start + .days(3)).get()
    #expect(response.push?.at == Self.start)
    #expect(response.push?.silence == PushBoard.breath)
  }

  @Test func whereTheTimeWasLostSilenceBeginsAnew() throws {
    let first = board(try store())
    #expect(push("", on: first, at: Self.start) == nil)
    first.end()
    try store().setValue(nil, for: "pushed-breath")
    let second = board(try store(), at: Self.start + .days(3))
    defer { second.end() }
    #expect(
      try second.outcome(of: Self.dump, Self.request, at: Self.start + .days(3)).get().push?.silence == .zero)
  }

  @Test func anEndpointThatIsGoneIsForgotten() throws {
    let first = board(try store())
    #expect(push("", on: first) == nil)
    first.admit(Self.folder("{safe: {push: 1h}}"), isTrusted: true, at: Self.start)
    #expect(push("", on: first)?.status == 404)
    first.admit(Self.folder(), isTrusted: true, at: Self.start + .hours(1))
    #expect(failure(first.outcome(of: Self.dump, Self.request, at: Self.start + .hours(1)))?.kind == .unheard)
    first.end()
    #expect(PushKeeper.load(try store()).entries[Self.dump]?.pushed == nil)
  }

  @Test func whatWasKeptAndIsNoneIsNotThere() throws {
    let entry = PushEntry(
      since: Self.start, pushed: Self.start, page: PushPage(kept: PushPage.text, body: [1, 10, 2]))
    #expect(PushEntry(entry.bytes) == entry)
    for bytes in [[], [10], Array("{}\n".utf8), Array("[]".utf8), Array(entry.bytes.prefix(9))] {
      #expect(PushEntry(bytes) == nil)
    }
  }
}
