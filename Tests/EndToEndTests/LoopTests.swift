import Foundation
import Testing

/// The whole loop, typed into the demo in a real terminal.
@Suite(.serialized) struct LoopTests {
  private func demo(_ sandbox: Sandbox, width: Int = 120, height: Int = 40) throws -> Screen {
    try Screen(
      width: width, height: height, environment: sandbox.environment,
      [Binary.path, "demo", "--state", sandbox.path + "/demo"])
  }

  private func midwatch(_ sandbox: Sandbox, _ arguments: String...) throws -> Binary.Outcome {
    try Binary.run(arguments + ["--state", sandbox.path + "/demo"], environment: sandbox.environment)
  }

  /// Waits for the page, acknowledges it and declares an incident from it.
  private func declare(_ screen: Screen) throws {
    try screen.expect("● PAGE  PackErrorRatePage", seconds: 90)
    try screen.press("a")
    try screen.expect("acknowledged PackErrorRatePage")
    try screen.press("i")
    try screen.expect("declare an incident")
    try screen.press("Enter")
    try screen.expect("declared S1")
    try screen.expect("INC-1")
  }

  /// Ticks two steps of the alert's playbook and skips the third with a reason.
  private func step(_ screen: Screen) throws {
    try screen.press("p")
    try screen.expect("High error rate")
    try screen.press("Space")
    try screen.expect("ticked 1.1")
    try screen.press("Space")
    try screen.expect("ticked 1.2")
    try screen.press("S")
    try screen.expect("skip 1.3")
    try screen.type("nobody can reach it from here")
    try screen.press("Enter")
    try screen.expect("skipped 1.3")
  }

  private func note(_ screen: Screen, _ text: String) throws {
    try screen.press("n")
    try screen.expect("note to INC-1")
    try screen.type(text)
    try screen.press("Enter")
    try screen.expectNo("note to INC-1")
  }

  /// Writes the update for users and gives its promise; does not send it.
  private func draft(_ screen: Screen) throws {
    try screen.press("u")
    try screen.expect("fields of the update")
    try screen.press("Tab")
    try screen.press("Tab")
    try screen.press("C-u")
    try screen.type("15m")
    try screen.press("Enter")
    try screen.expect("saved as D-1")
  }

  private func send(_ screen: Screen) throws {
    try screen.press("Enter")
    try screen.expect("send D-1 to users")
    try screen.press("Enter")
    try screen.expect("sent to users")
    try screen.expect("update due in")
  }

  @Test func fromThePageToTheExport() throws {
    let sandbox = try Sandbox()
    let screen = try demo(sandbox)
    try declare(screen)
    try step(screen)
    try note(screen, "all errors carry one client version")
    try draft(screen)
    try send(screen)
    for name in ["1", "2", "4", "7"] {
      try screen.press(name)
      try screen.expect("update due in")
    }
    try screen.press("3")
    try screen.expect("── timeline ──")
    try screen.press("S")
    try screen.expect("status of INC-1")
    try screen.press("Down")
    try screen.press("Down")
    try screen.press("Enter")
    try screen.expect("was data lost?")
    try screen.press("Enter")
    try screen.expect("INC-1 is resolved")
    try screen.press("q")
    try screen.expect("[ended with 0]")

    let export = try midwatch(sandbox, "export", "INC-1")
    #expect(export.status == 0, "\(export.err)")
    let timeline = try #require(
      export.out.range(of: "## Timeline").map { String(export.out[$0.lowerBound...]) })
    var rest = timeline[...]
    for word in [
      "PackErrorRatePage firing", "PackErrorRatePage acknowledged", "declared", "1.1 Turn purchases off",
      "1.2 ",
      "skipped 1.3", "nobody can reach it from here", "all errors carry one client version", "update",
      "Resolved",
    ] {
      let found = rest.range(of: word)
      #expect(found != nil, "\(word) is missing after what came before it in\n\(timeline)")
      if let found { rest = rest[found.upperBound...] }
    }
    let json = try midwatch(sandbox, "export", "INC-1", "--format", "json")
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    #expect(document["schema"] as? String == "midwatch.incident/2")
    #expect((document["updates"] as? [Any])?.count == 1)
    let verified = try midwatch(sandbox, "journal", "verify")
    #expect(verified.status == 0, "\(verified.out)")
  }

  @Test func aKillInTheMiddleOfTheLoopLosesNothing() throws {
    let sandbox = try Sandbox()
    var screen = try demo(sandbox)
    try declare(screen)
    try step(screen)
    try draft(screen)
    try send(screen)
    try note(screen, "the last words before the kill")
    let before = try midwatch(sandbox, "incident", "show", "INC-1")
    #expect(before.out.contains("the last words before the kill"))
    #expect(kill(try screen.process(named: "midwatch"), SIGKILL) == 0)
    try screen.expect("[ended with 137]")

    screen = try demo(sandbox)
    try screen.expect("INC-1 ● S1 Investigating")
    try screen.expect("update due in")
    try screen.press("3")
    try screen.expect("the last words before the kill")
    try screen.press("4")
    try screen.expect("run R-1 of INC-1  3 of 12")
    try screen.press("g", "Enter")
    try screen.expect("✓ 1.1 Turn purchases off")
    try screen.expect("▸ 1.4 ")
    let after = try midwatch(sandbox, "incident", "show", "INC-1")
    // What counts down has moved on.
    for line in before.out.split(separator: "\n").dropFirst() where !line.contains(", in ") {
      #expect(after.out.contains(line), "\(line) is lost")
    }
    #expect(try midwatch(sandbox, "journal", "verify").status == 0)
    try screen.press("q")
    try screen.expect("[ended with 0]")
  }

  @Test func aDraftSurvivesAKillWhileItIsWritten() throws {
    let sandbox = try Sandbox()
    var screen = try demo(sandbox)
    try declare(screen)
    try draft(screen)
    #expect(kill(try screen.process(named: "midwatch"), SIGKILL) == 0)
    try screen.expect("[ended with 137]")
    screen = try demo(sandbox)
    try screen.expect("INC-1 ● S1 Investigating")
    try screen.press("u")
    try screen.expect("saved as D-1")
    try screen.expect("Temporary Service Disruption")
    try screen.press("q")
    try screen.expect("A draft in hand is not sent")
    try screen.press("Enter")
    try screen.expect("[ended with 0]")
  }

  @Test func anUnhappyEndGivesTheTerminalBack() throws {
    let sandbox = try Sandbox()
    for (signal, status) in [(SIGTERM, "0"), (SIGSEGV, "139")] {
      let screen = try demo(sandbox, width: 80, height: 24)
      try screen.expect("endpoints")
      #expect(kill(try screen.process(named: "midwatch"), signal) == 0)
      let text = try screen.expect("[ended with \(status)]")
      #expect(!text.contains("── endpoints"), "the console's screen is left behind:\n\(text)")
      try screen.type("echo")
    }
  }

  @Test func aSmallTerminalIsToldAndALargeOneFilled() throws {
    let sandbox = try Sandbox()
    let screen = try demo(sandbox, width: 80, height: 24)
    try screen.expect("── endpoints")
    try screen.resize(width: 30, height: 8)
    try screen.expect("40")
    try screen.expectNo("── endpoints")
    try screen.resize(width: 120, height: 40)
    try screen.expect("── endpoints")
    try screen.press("q")
    try screen.expect("[ended with 0]")
  }
}
