import Glibc
import Host
import Incidents
import Journal
import Testing
import Values
import Watch

@Suite struct SuccessionTests {
  /// A console's share in it: the news it hears.
  private struct Side {
    let journal: Journal
    let scribe: Scribe
    let succession: Succession
    let heard: Heard<Succession.News>

    init(_ folder: TestFolder, _ sources: [SystemSource], mayPoll: Bool = true) throws {
      journal = try folder.journal()
      scribe = Scribe(journal)
      heard = Heard()
      let mailbox = heard.mailbox
      succession = Succession(
        journal: journal, scribe: scribe, sources: sources, version: "t", mayPoll: mayPoll
      ) { mailbox.post($0) }
    }

    func stop() {
      succession.stop()
      scribe.stop()
    }

    @discardableResult
    func wait(for role: EngineStatus.Role) throws -> EngineStatus {
      try heard.first("the role \(role)") {
        if case .status(let status) = $0, status.role == role { status } else { nil }
      }
    }

    @discardableResult
    func snapshot(_ what: String, _ holds: (SystemSnapshot) -> Bool) throws -> SystemSnapshot {
      try heard.first("a snapshot: \(what)") {
        if case .snapshot(let snapshot) = $0, holds(snapshot) { snapshot } else { nil }
      }
    }
  }

  @Test func oneOfTwoPollsAndTheOtherTakesOver() throws {
    let folder = try TestFolder()
    let server = try PageServer { "up_to \($0)\n" }
    defer { server.stop() }
    let source = try folder.source(
      "title: Shop\nevery: 1s\nendpoints: {metrics: {scrape: \"http://127.0.0.1:\(server.port)/\"}}\n")
    let first = try Side(folder, [source])
    let engine = try first.wait(for: .engine)
    let second = try Side(folder, [source])
    defer { second.stop() }
    let seen = try second.wait(for: .viewer)
    #expect(seen.epoch == engine.epoch && seen.pid == getpid())
    try first.snapshot("up, in the engine's own console") { $0.endpoints.first?.state == .up }
    try second.snapshot("up, at the viewer") { $0.endpoints.first?.state == .up }
    let noEngineYet = second.heard.items.allSatisfy {
      if case .status(let status) = $0 { status.role != .engine } else { true }
    }
    #expect(noEngineYet, "two engines on one folder")
    second.succession.send(
      .query(
        id: 5, system: "shop", expression: "up_to >= 0", start: Clock.now(), end: Clock.now(),
        step: .seconds(1)))
    let answer = try second.heard.first("an answer over the socket") {
      if case .answer(let answer) = $0 { answer } else { nil }
    }
    #expect(answer.id == 5 && answer.refused == nil)
    second.heard.forget()
    first.stop()
    let next = try second.wait(for: .engine)
    #expect(next.epoch > engine.epoch)
    try second.snapshot("up, under the new engine") { $0.endpoints.first?.state == .up }
    let kinds = try second.journal.events(matching: EventQuery(kinds: [EndpointChanged.kind])).count
    #expect(kinds == 1, "the takeover wrote a transition again")
  }

  @Test func oneThatMayNotPollNeverDoes() throws {
    let folder = try TestFolder()
    let source = try folder.source("title: Shop\n")
    let viewer = try Side(folder, [source], mayPoll: false)
    defer { viewer.stop() }
    let engine = try Side(folder, [source])
    try engine.wait(for: .engine)
    try viewer.wait(for: .viewer)
    viewer.heard.forget()
    engine.stop()
    try viewer.wait(for: .none)
    let lock = EngineLock(StateFolder(folder.path + "/state"))
    #expect(try lock.tryAcquire(), "nobody holds it")
    lock.release()
  }

  @Test func trustGivenWhileItRunsIsNoticedAndSecretsAreReadThen() throws {
    let folder = try TestFolder()
    let server = try PageServer { _ in "" }
    defer { server.stop() }
    let source = try folder.source(
      """
      title: Shop
      every: 1s
      secrets: {TOKEN: {command: [./print]}}
      endpoints: {api: {http: "http://127.0.0.1:\(server.port)/", bearer: "${TOKEN}"}}
      """)
    try folder.write(
      "#!/bin/sh\ntouch '\(folder.path)/ran'\necho of-the-service\n", to: "shop/print", mode: 0o700)
    let side = try Side(folder, [source])
    defer { side.stop() }
    try side.snapshot("not trusted") { $0.endpoints.first?.reason == "not trusted" }
    #expect(access(folder.path + "/ran", F_OK) != 0)
    let act = TrustSystem(system: "shop", path: source.path, digest: source.load().folder.digest)
    _ = try folder.journal().perform(act, by: TestFolder.actor, at: Clock.now())
    try side.snapshot("polled") { $0.endpoints.first?.state == .up }
    #expect(access(folder.path + "/ran", F_OK) == 0)
    side.heard.forget()
    try folder.write("# Note\n", to: "shop/note.md")
    try side.snapshot("not trusted any more") { $0.endpoints.first?.reason == "not trusted" }
  }

  @Test func aFolderThatBreaksIsSaidAndTheOneBeforeGoesOn() throws {
    let folder = try TestFolder()
    let server = try PageServer { _ in "" }
    defer { server.stop() }
    let system = "title: Shop\nevery: 1s\nendpoints: {health: {http: \"http://127.0.0.1:\(server.port)/\"}}\n"
    let source = try folder.source(system)
    let side = try Side(folder, [source])
    defer { side.stop() }
    try side.snapshot("up") { $0.endpoints.first?.state == .up }
    try folder.write("titel: Shop\n", to: "shop/system.yaml")
    let broken = try side.snapshot("the mistake") { !$0.problems.isEmpty }
    #expect(broken.problems.contains { $0.hasPrefix("system.yaml:1:1:") }, "\(broken.problems)")
    #expect(broken.endpoints.map(\.state) == [.up])
    side.heard.forget()
    try folder.write(system, to: "shop/system.yaml")
    try side.snapshot("mended") { $0.problems.isEmpty && $0.endpoints.first?.state == .up }
  }
}
