import Foundation
import TestSupport
import Testing

/// A whole incident typed into a real terminal: how many keys it takes, and that command goes from hand to hand.
@Suite(.serialized) struct IncidentKeysTests {
  private let sandbox: Sandbox

  /// One endpoint that nobody answers, and a file that updates go to.
  init() throws {
    sandbox = try Sandbox()
    let port = try Server.freePort()
    try sandbox.write(
      """
      title: Shop
      every: 1s
      endpoints:
        health: {http: "http://127.0.0.1:\(port)/health"}
      severities:
        S1: {means: Nobody can buy}
        S2: {means: Some cannot buy}
      cadence: [{every: 15m}]
      deliveries:
        log: {file: updates.txt}
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      ---
      audience: users
      stage: [Investigating, Identified, Monitoring]
      channel: [log]
      subject: "Shop: {{title}}"
      ---
      Impact: {{impact}}
      Status: {{status}}
      Next update: {{next_update}}
      """, to: "playbooks/shop/comms/users.md")
  }

  /// A console, and the keys that were pressed in it besides prose.
  private final class Typist {
    let screen: Screen
    private(set) var keys = 0

    init(_ sandbox: Sandbox, as handle: String) throws {
      screen = try Screen(
        width: 120, height: 40, environment: sandbox.environment.merging(["MIDWATCH_ACTOR": handle]) { $1 },
        [Binary.path])
    }

    /// Each of them counts.
    func press(_ names: String...) throws {
      for name in names { try screen.press(name) }
      keys += names.count
    }

    /// Words of a person's own, which do not.
    func prose(_ text: String) throws { try screen.type(text) }
  }

  private func midwatch(_ arguments: String...) throws -> Binary.Outcome {
    try Binary.run(arguments, environment: sandbox.environment, in: sandbox.path)
  }

  private func export() throws -> [String: Any] {
    let export = try midwatch("export", "INC-1", "--format", "json")
    #expect(export.status == 0, "\(export.err)")
    return try #require(try JSONSerialization.jsonObject(with: Data(export.out.utf8)) as? [String: Any])
  }

  private func instant(_ value: Any?) throws -> Date {
    let format = ISO8601DateFormatter()
    format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return try #require((value as? String).flatMap { format.date(from: $0) })
  }

  /// The next update from its template to its being sent: `u`, its fields, the panel that shows where it goes.
  private func update(_ ops: Typist, _ number: Int) throws {
    try ops.press("u")
    try ops.screen.expect("fields of the update")
    try ops.press("Enter")
    try ops.screen.expect("saved as D-\(number)")
    try ops.press("Enter")
    try ops.screen.expect("exactly this goes to log")
    try ops.press("Enter")
    try ops.screen.expectNo("exactly this goes to log")
    // The next one begins from a list again.
    try ops.screen.expectNo("update \(number) for INC-1")
  }

  private func status(_ ops: Typist, _ word: String) throws {
    try ops.press("3")
    try ops.screen.expect("── timeline ──")
    try ops.press("S")
    try ops.screen.expect("status of INC-1")
    try ops.press("Enter")
    try ops.screen.expect("INC-1 ● S1 \(word)")
  }

  @Test func fromDeclareToResolveWithThreeUpdates() throws {
    let trusted = try midwatch("trust", "--yes", sandbox.path + "/playbooks/shop")
    #expect(trusted.status == 0, "\(trusted.out)\(trusted.err)")
    let ops = try Typist(sandbox, as: "ops1")
    try ops.screen.expect("● PAGE  EndpointDown")
    try ops.press("i")
    try ops.screen.expect("Nobody can buy")
    try ops.press("Enter")
    try ops.screen.expect("INC-1 ● S1 Investigating")
    try ops.press("e", "Tab")
    try ops.screen.expect("describe INC-1")
    try ops.prose("nobody can buy anything")
    try ops.press("Enter")
    try ops.screen.expect("impact: nobody can buy anything")
    try update(ops, 1)
    try status(ops, "Identified")
    try update(ops, 2)
    try status(ops, "Monitoring")
    try update(ops, 3)
    try ops.press("3")
    try ops.screen.expect("── timeline ──")
    try ops.press("S")
    try ops.screen.expect("status of INC-1")
    try ops.press("Enter")
    try ops.screen.expect("was data lost?")
    try ops.press("Enter")
    try ops.screen.expect("✓ S1 Resolved")

    print("declare to resolve with three updates: \(ops.keys) keystrokes besides prose")
    #expect(ops.keys < 40)

    // On cadence: the first within a quarter of an hour of the declaration, each within what the one before promised,
    // and none promises more than the cadence allows.
    let report = try export()
    let updates = try #require(report["updates"] as? [[String: Any]])
    #expect(updates.count == 3)
    var due = try instant((report["incident"] as? [String: Any])?["declared"]).addingTimeInterval(15 * 60)
    for update in updates {
      let at = try instant(update["at"])
      #expect(at <= due)
      due = try instant(update["next_update"])
      // A promise is a whole minute, the next after the cadence at most.
      #expect(due.timeIntervalSince(at) <= 16 * 60)
      #expect((update["destinations"] as? [String]) == ["shop/log"])
      #expect((update["late_ms"] as? Int ?? 0) == 0)
    }
    #expect(try midwatch("journal", "verify").status == 0)
    try ops.screen.press("q")
    try ops.screen.expect("[ended with 0]")
  }

  @Test func commandGoesFromOneConsoleToTheOther() throws {
    let first = try Typist(sandbox, as: "ops1")
    try first.screen.expect("● PAGE  EndpointDown")
    let second = try Typist(sandbox, as: "ops2")
    try second.screen.expect("● PAGE  EndpointDown")
    try first.press("i")
    try first.screen.expect("Nobody can buy")
    try first.press("Enter")
    for ops in [first, second] { try ops.screen.expect("commander ops1") }
    try first.press("t")
    try first.screen.expect("task of INC-1")
    try first.prose("call the vendor @ops3")
    try first.press("Enter")
    try first.screen.expect("1 open of 1")

    // The one who comes reads what there is to know before the one who goes gives it away.
    try second.press("3", "h")
    let page = try second.screen.expect("hand over INC-1")
    #expect(page.contains("commander ops1"))
    try second.screen.expect("call the vendor — ops3")

    try first.press("h", "Enter")
    try first.screen.expect("command of INC-1 goes to")
    try first.prose("ops2 the vendor calls back at four")
    try first.press("Enter")
    // Both see it, and so does the bar on every screen.
    for ops in [first, second] { try ops.screen.expect("commander ops2") }
    try second.press("Escape")
    try second.screen.expect("── timeline ──")
    try second.screen.expect("the vendor calls back at four")

    // What each of them does afterwards is seen by both.
    try second.press("d")
    try second.screen.expect("decision of INC-1")
    try second.prose("wait for the vendor")
    try second.press("Enter")
    try first.press("Escape")
    try first.screen.expect("── timeline ──")
    try first.screen.expect("wait for the vendor")
    try first.press("h", "E")
    let file = sandbox.path + "/state/INC-1-hand-over.md"
    let text = try Condition.wait(for: file) {
      FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }
    for words in ["commander ops2", "call the vendor — ops3", "wait for the vendor", "at event"] {
      #expect(text.contains(words), "\(words) is missing in\n\(text)")
    }
    for ops in [first, second] {
      try ops.screen.press("q")
      try ops.screen.expect("[ended with 0]")
    }
    #expect(try midwatch("journal", "verify").status == 0)
  }
}
