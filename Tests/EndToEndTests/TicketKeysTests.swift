import Foundation
import TestSupport
import Testing

/// A new support person's first ten minutes at the desk, typed into a real terminal, and how many keys they take.
@Suite(.serialized) struct TicketKeysTests {
  private let sandbox: Sandbox

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
        S1: {means: Nobody can buy, respond: 15m, resolve: 2h}
        S2: {means: Some cannot buy, respond: 1h}
        S3: {means: A detour is needed, respond: 4h}
      tickets:
        pause: [pending_user, incident]
        may: {public: [support], internal: [support]}
      """, to: "playbooks/shop/system.yaml")
  }

  /// A console, and the keys that were pressed in it besides prose.
  private final class Typist {
    let screen: Screen
    private(set) var keys = 0

    init(_ sandbox: Sandbox, as handle: String, width: Int, height: Int) throws {
      screen = try Screen(
        width: width, height: height,
        environment: sandbox.environment.merging([
          "MIDWATCH_ACTOR": handle, "MIDWATCH_ROLES": "support",
        ]) { $1 },
        [Binary.path])
    }

    /// Each of them counts.
    func press(_ names: String...) throws {
      for name in names { try screen.press(name) }
      keys += names.count
    }

    /// Words of a person's own, which do not.
    func prose(_ text: String) throws { try screen.type(text) }

    /// A request that somebody takes in; its keys are not the newcomer's.
    func takeIn(_ subject: String, from requester: String, _ text: String) throws {
      try screen.press("o")
      try screen.expect("take a request in")
      try screen.type(subject)
      try screen.press("Down")
      try screen.type(requester)
      try screen.press("Down")
      try screen.type(text)
      try screen.press("Enter")
      try screen.expect("from \(requester)")
      try screen.press("Escape")
      try screen.expect("── tickets ──")
    }
  }

  @Test(arguments: [(80, 24), (120, 40)]) func theFirstTenMinutes(_ size: (Int, Int)) throws {
    let desk = try Typist(sandbox, as: "desk1", width: size.0, height: size.1)
    try desk.screen.expect("PAGE  EndpointDown", seconds: 60)
    try desk.screen.press("i")
    try desk.screen.expect("Nobody can buy")
    try desk.screen.press("Enter")
    try desk.screen.expect("INC-1 ● S1")
    try desk.screen.press("6")
    try desk.screen.expect("No ticket is open")
    try desk.takeIn("Invoice shows the wrong VAT", from: "ann@example.org", "7 instead of 19 percent")
    // What turns the writing round must not turn the line round.
    try desk.takeIn("Cannot pay\u{202E}yap", from: "bob@example.org", "The card is refused\u{202E}desufer")

    // Find it.
    try desk.press("/")
    try desk.prose("refused")
    try desk.press("Enter")
    let found = try desk.screen.expect("1 of 1")
    #expect(found.contains("T-2"))
    #expect(!found.contains("\u{202E}"), "the terminal gets nothing that turns its writing round")
    // Read it.
    try desk.press("Enter")
    try desk.screen.expect("The card is refused")
    // Take it.
    try desk.press("a")
    try desk.screen.expect("assign T-2")
    try desk.press("Enter")
    try desk.screen.expect("assigned desk1")
    try desk.screen.expectNo("assign T-2")
    // Say something inside.
    try desk.press("C")
    try desk.screen.expect("does not see this")
    try desk.prose("same as yesterday")
    try desk.press("Enter")
    try desk.screen.expect("# INTERNAL desk1")
    try desk.screen.expectNo("internal comment on T-2")
    // Answer: shown once more before it goes.
    try desk.press("c")
    try desk.screen.expect("public reply on T-2")
    try desk.prose("We know of it and are on it.")
    try desk.press("Enter")
    try desk.screen.expect("exactly this goes to bob@example.org")
    try desk.press("Enter")
    try desk.screen.expect("» PUBLIC desk1")
    try desk.screen.expect("pending_user")
    try desk.screen.expectNo("send it?")
    // The incident explains it.
    try desk.press("L")
    try desk.screen.expect("link T-2")
    try desk.press("Enter")
    try desk.screen.expect("· linked to INC-1")
    try desk.screen.expectNo("link T-2 to")
    try desk.press("l")
    try desk.screen.expect("1 ticket, worst S3")
    try desk.press("l")
    try desk.screen.expect("/ incident:INC-1")
    // Close it.
    try desk.press("S")
    try desk.screen.expect("state of T-2")
    try desk.press("G")
    try desk.press("Enter")
    try desk.screen.expect("No ticket matches")
    try desk.screen.expectNo("state of T-2")

    print("a newcomer's first ten minutes at \(size.0)x\(size.1): \(desk.keys) keystrokes besides prose")
    #expect(desk.keys < 25)
    try desk.press("Escape")
    try desk.screen.expect("1 of 1")
    try desk.screen.press("q")
    try desk.screen.expect("[ended with 0]")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  /// Two at one desk: who answers second reads what the first one wrote.
  @Test func twoAnswerAtOnce() throws {
    let first = try Typist(sandbox, as: "desk1", width: 120, height: 40)
    try first.screen.expect("PAGE  EndpointDown", seconds: 60)
    try first.screen.press("6")
    try first.screen.expect("No ticket is open")
    try first.takeIn("Cannot pay", from: "bob@example.org", "The card is refused")
    let second = try Typist(sandbox, as: "desk2", width: 80, height: 24)
    try second.screen.expect("PAGE  EndpointDown", seconds: 60)
    try second.screen.press("6")
    try second.screen.expect("1 of 1")
    for desk in [first, second] {
      try desk.screen.press("C")
      try desk.screen.expect("internal comment on T-1")
    }
    try first.screen.type("I take it")
    try first.screen.press("Enter")
    // The other one sees it arrive while they write.
    try second.screen.expect("I take it")
    try second.screen.type("who takes it?")
    try second.screen.press("Enter")
    try second.screen.expect("after you looked")
    try second.screen.expect("who takes it?")
    try second.screen.press("Enter")
    try second.screen.expectNo("internal comment on T-1")
    try first.screen.expect("who takes it?")
    for desk in [first, second] {
      try desk.screen.press("q")
      try desk.screen.expect("[ended with 0]")
    }
  }
}
