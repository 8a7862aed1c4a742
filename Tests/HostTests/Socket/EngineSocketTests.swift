import Foundation
import Host
import Probes
import Testing
import Transfer
import Values
import Watch
import Wire

/// A server and its viewers over a real socket in a folder of the test's own.
@Suite struct EngineSocketTests {
  private let path: String

  init() throws {
    var template = Array("/tmp/midwatch-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private let hello = EngineMessage.Hello(protocol: 1, version: "t", origin: "o", epoch: 9, pid: 1)

  /// Waits until `done` holds for what has come, ten seconds at most.
  private func gather(
    _ news: Mailbox<EngineClient.News>, until done: ([EngineClient.News]) -> Bool
  ) -> [EngineClient.News] {
    var all: [EngineClient.News] = []
    let limit = Clock.now() + .seconds(10)
    while !done(all), Clock.now() < limit {
      _ = news.wait(timeout: .milliseconds(50))
      all += news.drain()
    }
    return all
  }

  @Test func aViewerGetsTheNewestSnapshotAndItsOwnAnswer() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let asked = Mailbox<EngineServer.Question>()
    let made = EngineServer(path: path + "/s", mode: 0o600, hello: hello, ask: { asked.post($0) })
    let server = try #require(made)
    defer { server.stop() }
    server.publish(SystemSnapshot(system: "shop", title: "Old", at: Instant(milliseconds: 0)))
    let news = Mailbox<EngineClient.News>()
    let connected = EngineClient(path: path + "/s", subscribe: true, hear: { news.post($0) })
    let client = try #require(connected)
    defer { client.stop() }
    try #require(Self.next(asked, "somebody looks") { if case .watched(true) = $0 { true } else { false } })
    for second in 1...50 {
      server.publish(SystemSnapshot(system: "shop", title: "Shop", at: Instant(milliseconds: Int64(second))))
    }
    let first = gather(news) {
      $0.contains { if case .snapshot(let s) = $0 { s.at.milliseconds == 50 } else { false } }
    }
    #expect(first.contains { if case .hello(let word) = $0 { word.epoch == 9 } else { false } })
    let isOldKept = first.contains { if case .snapshot(let s) = $0 { s.title == "Old" } else { false } }
    #expect(!isOldKept, "what was published while nobody looked is old")
    let instant = Instant(milliseconds: 0)
    client.send(
      .query(.init(id: 4, system: "shop", expression: "up", start: instant, end: instant, step: .seconds(1))))
    _ = asked.wait(timeout: .seconds(10))
    guard case .query(let query) = asked.drain().first else {
      Issue.record("the question did not arrive")
      return
    }
    #expect(query.id != 4, "ids of different viewers are kept apart")
    server.answer(.init(id: query.id, chart: nil, refused: "no"))
    let answers = gather(news) { $0.contains { if case .answer = $0 { true } else { false } } }
    #expect(answers.contains { if case .answer(let answer) = $0 { answer.id == 4 } else { false } })
  }

  @Test func aTraceComesToWhoeverAsksForIt() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let asked = Mailbox<EngineServer.Question>()
    let made = EngineServer(path: path + "/s", mode: 0o600, hello: hello, ask: { asked.post($0) })
    let server = try #require(made)
    defer { server.stop() }
    let news = Mailbox<EngineClient.News>()
    let connected = EngineClient(path: path + "/s", subscribe: false, hear: { news.post($0) })
    let client = try #require(connected)
    defer { client.stop() }
    client.send(.trace(id: 9, system: "shop", endpoint: "api"))
    var failure = Failure(.refused, reason: "connection refused by a:80")
    failure.hops = [Hop(method: "GET", url: "http://a/", sent: [Header("Host", "a")])]
    let trace = Endpoint(name: "api", kind: .http, target: "http://a/")
      .trace(of: .failure(failure), at: Instant(milliseconds: 5))
    try #require(
      Self.next(asked, "the question") {
        guard case .trace(let id, "shop", "api") = $0 else { return false }
        server.traced(TraceAnswer(id: id, trace: trace, failures: [trace]))
        return true
      })
    let answers = gather(news) { $0.contains { if case .traced = $0 { true } else { false } } }
    let wanted = TraceAnswer(id: 9, trace: trace, failures: [trace])
    #expect(answers.contains { if case .traced(let found) = $0 { found == wanted } else { false } })
  }

  @Test func figuresComeToWhoeverAsksForThem() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let asked = Mailbox<EngineServer.Question>()
    let made = EngineServer(path: path + "/s", mode: 0o600, hello: hello, ask: { asked.post($0) })
    let server = try #require(made)
    defer { server.stop() }
    let news = Mailbox<EngineClient.News>()
    let connected = EngineClient(path: path + "/s", subscribe: false, hear: { news.post($0) })
    let client = try #require(connected)
    defer { client.stop() }
    client.send(.figures(nil))
    var figures = EngineFigures(at: Instant(milliseconds: 5), systems: [])
    figures.resident = 1 << 20
    try #require(
      Self.next(asked, "the question") {
        guard case .figures(let id) = $0 else { return false }
        server.figures(id, figures)
        return true
      })
    let answers = gather(news) { $0.contains { if case .figures = $0 { true } else { false } } }
    #expect(answers.contains { if case .figures(let found) = $0 { found == figures } else { false } })
  }

  /// Waits for a question that fits, twenty seconds at most.
  private static func next(
    _ asked: Mailbox<EngineServer.Question>, _ what: String, _ fits: (EngineServer.Question) -> Bool
  ) throws -> Bool {
    try Condition.wait(for: what) { asked.drain().contains(where: fits) ? true : nil }
  }

  @Test func aViewerHearsThatTheEngineIsGone() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let made = EngineServer(path: path + "/s", mode: 0o600, hello: hello, ask: { _ in })
    let server = try #require(made)
    let news = Mailbox<EngineClient.News>()
    let connected = EngineClient(path: path + "/s", subscribe: true, hear: { news.post($0) })
    let client = try #require(connected)
    _ = gather(news) { $0.contains { if case .hello = $0 { true } else { false } } }
    server.stop()
    let last = gather(news) { $0.contains { if case .lost = $0 { true } else { false } } }
    #expect(last.contains { if case .lost = $0 { true } else { false } })
    client.stop()
    let nobody = EngineClient(path: path + "/s", subscribe: true, hear: { _ in })
    #expect(nobody == nil)
  }
}
