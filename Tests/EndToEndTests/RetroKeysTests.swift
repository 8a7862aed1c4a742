import Foundation
import TestSupport
import Testing

/// The morning after, typed into a real terminal: what happened is found, pinned, gone to, exported, counted, and what
/// is to be done is written down.
@Suite(.serialized) struct RetroKeysTests {
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
      """, to: "playbooks/shop/system.yaml")
  }

  @Test(arguments: [(80, 24), (120, 40)]) func theMorningAfter(_ size: (Int, Int)) throws {
    let screen = try Screen(
      width: size.0, height: size.1,
      environment: sandbox.environment.merging(["MIDWATCH_ACTOR": "ops1"]) { $1 },
      [Binary.path])
    try screen.expect("PAGE  EndpointDown", seconds: 60)
    try screen.press("i")
    try screen.expect("Nobody can buy")
    try screen.press("Enter")
    try screen.expect("INC-1 ● S1")
    for words in ["the pool of connections is exhausted\u{202E}gnorw", "<script>nobody</script> noticed"] {
      try screen.press("n")
      try screen.expect("note to INC-1")
      try screen.type(words)
      try screen.press("Enter")
      try screen.expectNo("note to INC-1")
    }

    // All events, and one of them by a word.
    try screen.press("7")
    try screen.expect("times of INC-1")
    try screen.press("v")
    try screen.expect("── events")
    try screen.expect("journal")
    try screen.press("/")
    try screen.type("exhausted nobdy:1")
    try screen.expect("no filter knows")
    for _ in "nobdy:1 " { try screen.press("BSpace") }
    try screen.press("Enter")
    let found = try screen.expect("1 of ")
    #expect(found.contains("pool of conn"))
    #expect(!found.contains("\u{202E}"), "the terminal gets nothing that turns its writing round")
    // Pinned, it stays whatever is looked for.
    try screen.press("*")
    try screen.expect("★")
    try screen.press("/")
    for _ in "exhausted" { try screen.press("BSpace") }
    try screen.type("kind:endpoint")
    try screen.press("Enter")
    try screen.expect("is down")
    try screen.expect("pool of conn")
    // Closer, and back.
    try screen.press("+", "+")
    try screen.expect("a day around")
    try screen.press("-", "-")
    try screen.expectNo("around")
    // To what it is about.
    try screen.press("G", "Enter")
    try screen.expect("newest last")
    try screen.press("[")
    try screen.expect("times of INC-1")

    // Figures, and what is to be done.
    try screen.press("M")
    try screen.expect("figures of 30 days")
    try screen.press("Escape")
    try screen.expectNo("figures of 30 days")
    try screen.press("t")
    try screen.expect("add an action item")
    try screen.type("watch the pool of connections")
    try screen.press("Down", "Down")
    try screen.type("2w")
    try screen.press("Enter")
    try screen.expect("added, due")
    try screen.press("A")
    try screen.expect("ACT-1")
    try screen.press("Enter")
    try screen.expect("being done")
    try screen.press("Enter")
    try screen.expect("doing")
    // Written down for others, and whole.
    try screen.press("E")
    try screen.expect("export INC-1")
    try screen.press("Enter")
    try screen.expect("INC-1.md")
    try screen.press("V")
    try screen.expect("The chain is unbroken")
    try screen.press("q")
    try screen.expect("[ended with 0]")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }
}
