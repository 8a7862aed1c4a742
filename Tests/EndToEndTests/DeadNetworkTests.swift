import Foundation
import TestSupport
import Testing

/// A whole incident while nobody out there answers: every key has its answer, and nothing is lost.
@Suite(.serialized) struct DeadNetworkTests {
  private let sandbox: Sandbox
  private let hanging: DeafServer
  private let resetting: DeafServer

  /// Endpoints and destinations that hang, refuse and reset.
  init() throws {
    sandbox = try Sandbox()
    hanging = try DeafServer(.hangs)
    resetting = try DeafServer(.resets)
    let (hang, reset) = ("127.0.0.1:\(hanging.port)", "127.0.0.1:\(resetting.port)")
    let refuse = "127.0.0.1:\(try Server.freePort())"
    try sandbox.write(
      """
      title: Shop
      every: 1s
      timeout: 2s
      endpoints:
        health: {http: "http://\(refuse)/health"}
        api: {http: "http://\(hang)/health", level: info}
        stock: {http: "http://\(reset)/health", level: info}
        metrics: {scrape: "http://\(hang)/metrics", level: info}
      severities:
        S1: {means: Nobody can buy}
        S2: {means: Some cannot buy}
      cadence: [{every: 15m}]
      deliveries:
        room: {slack: "http://\(hang)/hook", timeout: 2s}
        page: {statuspage: shop, token: nothing, url: "http://\(reset)/", timeout: 2s, approval: commander}
        pager: {pagerduty: nobody, url: "http://\(refuse)/v2/enqueue", timeout: 2s}
        mail: {smtp: "\(hang)", from: ops@example.test, to: [all@example.test], tls: never, timeout: 2s}
        hook: {webhook: "http://\(reset)/hook", timeout: 2s}
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      ---
      audience: users
      stage: [Investigating, Identified, Monitoring]
      channel: [room, page, pager, mail, hook]
      subject: "Shop: {{title}}"
      ---
      Impact: {{impact}}
      Status: {{status}}
      Next update: {{next_update}}
      """, to: "playbooks/shop/comms/users.md")
    let trusted = try sandbox.midwatch("trust", "--yes", sandbox.path + "/playbooks/shop")
    try #require(trusted.status == 0, "\(trusted)")
  }

  /// A console, and how long it took to answer.
  private final class Typist {
    let screen: Screen
    private(set) var slowest = (key: "", took: Duration.zero)
    private(set) var answered = 0

    init(_ sandbox: Sandbox) throws {
      screen = try Screen(width: 120, height: 40, environment: sandbox.environment, [Binary.path])
    }

    /// Presses the key, and waits for what it brings.
    @discardableResult
    func press(_ key: String, for text: String, location: SourceLocation = #_sourceLocation) throws -> String
    {
      try timed(key) {
        try screen.press(key)
        return try screen.expect(text, seconds: 60, location: location)
      }
    }

    /// Presses the key, and waits until it has taken that away.
    func press(_ key: String, without text: String, location: SourceLocation = #_sourceLocation) throws {
      try timed(key) {
        try screen.press(key)
        try screen.expectNo(text, location: location)
      }
    }

    /// Words, which are on the screen once they are typed.
    func type(_ text: String, location: SourceLocation = #_sourceLocation) throws {
      try timed(text) {
        try screen.type(text)
        try screen.expect(text, seconds: 60, location: location)
      }
    }

    private func timed<T>(_ key: String, _ run: () throws -> T) throws -> T {
      let clock = ContinuousClock()
      let start = clock.now
      let result = try run()
      let took = clock.now - start
      if took > slowest.took { slowest = (key, took) }
      answered += 1
      return result
    }
  }

  private func update(_ ops: Typist, _ number: Int) throws {
    try ops.press("u", for: "fields of the update")
    try ops.press("Enter", for: "saved as D-\(number)")
    try ops.press("A", for: "approved by ops1")
    try ops.press("Enter", for: "exactly this goes to room")
    try ops.press("Enter", without: "exactly this goes to room")
    try ops.screen.expectNo("update \(number) for INC-1")
  }

  private func status(_ ops: Typist, _ word: String) throws {
    try ops.press("3", for: "── timeline ──")
    try ops.press("S", for: "status of INC-1")
    try ops.press("Enter", for: "INC-1 ● S1 \(word)")
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let outcome = try Binary.run(
      arguments + ["--format", "json"], environment: sandbox.environment, in: sandbox.path)
    try #require(outcome.status == 0, "\(arguments): \(outcome)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
  }

  @Test func theWholeLifecycleWorksAndNoKeyWaits() throws {
    defer {
      hanging.stop()
      resetting.stop()
    }
    let ops = try Typist(sandbox)
    try ops.screen.expect("● PAGE  EndpointDown", seconds: 60)
    try work(ops)
    try update(ops, 1)
    try status(ops, "Identified")
    try update(ops, 2)
    try status(ops, "Monitoring")
    try update(ops, 3)
    // What became of them stands below the list: the one that may have arrived, those that are tried again, those
    // behind them.
    try ops.press("5", for: "── deliveries ──")
    for words in ["? unknown  room", "… queued", " tried): "] { try ops.screen.expect(words, seconds: 60) }
    try resolveAndReopen(ops)
    try handOver(ops)
    try ops.press("Escape", for: "── timeline ──")
    try ops.press("q", for: "[ended with 0]")
    print(
      "\(ops.answered) keys while no network call succeeds; the slowest, \(ops.slowest.key), was answered after "
        + "\(ops.slowest.took), tmux and this test's looking included")
    try nothingIsLost()
  }

  /// From the page to people at work.
  private func work(_ ops: Typist) throws {
    try ops.press("i", for: "Nobody can buy")
    try ops.press("Enter", for: "INC-1 ● S1 Investigating")
    try ops.press("3", for: "── timeline ──")
    try ops.press("e", for: "describe INC-1")
    try ops.press("Tab", for: "describe INC-1")
    try ops.type("nobody can buy anything")
    try ops.press("Enter", for: "impact: nobody can buy anything")
    try ops.press("o", for: "which role?")
    try ops.press("2", for: "communications")
    try ops.press("Enter", for: "communications of INC-1")
    try ops.press("Enter", for: "communications ops1")
    try ops.press("t", for: "task of INC-1")
    try ops.type("call the vendor @ops3")
    try ops.press("Enter", for: "1 open of 1")
    try ops.press("n", for: "note to INC-1")
    try ops.type("the line to the vendor is dead")
    try ops.press("Enter", without: "note to INC-1")
    try ops.screen.expect("✎ note       the line to the vendor is dead")
  }

  private func resolveAndReopen(_ ops: Typist) throws {
    try ops.press("3", for: "── timeline ──")
    try ops.press("S", for: "status of INC-1")
    try ops.press("Enter", for: "was data lost?")
    try ops.press("Enter", for: "✓ S1 Resolved")
    try ops.press("S", for: "status of INC-1")
    try ops.press("1", for: "▌ 1")
    try ops.press("Enter", for: "INC-1 ● S1 Investigating")
  }

  private func handOver(_ ops: Typist) throws {
    let page = try ops.press("h", for: "hand over INC-1")
    #expect(page.contains("call the vendor — ops3"))
    try ops.press("Enter", for: "command of INC-1 goes to")
    try ops.type("ops2 the line is dead")
    try ops.press("Enter", for: "commander ops2")
    let file = sandbox.path + "/state/INC-1-hand-over.md"
    try ops.screen.press("E")
    let text = try Condition.wait(for: file) {
      FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(text.contains("commander ops2") && text.contains("call the vendor — ops3"))
  }

  /// What people did stands in the journal; what should go out waits in the outbox, each of it once.
  private func nothingIsLost() throws {
    let report = try json("export", "INC-1")
    let updates = try #require(report["updates"] as? [[String: Any]])
    #expect(updates.count == 3)
    for update in updates {
      #expect(
        update["destinations"] as? [String]
          == ["shop/room", "shop/page", "shop/pager", "shop/mail", "shop/hook"])
    }
    let timeline = String(describing: report["timeline"] ?? report["events"] ?? "")
    for words in ["the line to the vendor is dead", "call the vendor", "the line is dead"] {
      #expect(timeline.contains(words), "\(words) is missing in \(report.keys): \(timeline)")
    }
    let rows = try #require(try json("update", "deliveries", "--all")["deliveries"] as? [[String: Any]])
    var states: [String: [String]] = [:]
    for row in rows {
      let (to, state) = (row["to"] as? String ?? "", row["state"] as? String ?? "")
      states[to, default: []].append(state)
    }
    #expect(states.mapValues(\.count) == ["room": 3, "page": 3, "pager": 3, "mail": 3, "hook": 3], "\(rows)")
    #expect(!states.values.joined().contains("sent"))
    #expect(states["room"]?.contains("unknown") == true)
    #expect(hanging.count > 0 && resetting.count > 0)
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }
}
