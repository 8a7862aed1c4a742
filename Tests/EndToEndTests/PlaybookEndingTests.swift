import Foundation
import TestSupport
import Testing

/// A console that ends while a command of a playbook runs, with the terminal in its hands or without.
@Suite(.serialized) struct PlaybookEndingTests {
  /// A console whose `less` has the terminal.
  private func reading(_ sandbox: Sandbox) throws -> Screen {
    let screen = try Operations.open(sandbox, width: 100, height: 30)
    for _ in 0..<5 { try screen.press("j") }
    try screen.press("X")
    try screen.expect("it has the terminal until it ends")
    try screen.press("Enter")
    try screen.expect("\n11\n12\n13\n")
    return screen
  }

  private func hanging(_ sandbox: Sandbox) throws -> Screen {
    let screen = try Operations.open(sandbox, width: 100, height: 30)
    for _ in 0..<3 { try screen.press("j") }
    try Operations.run(screen, "sleep 600")
    try screen.expect("1 line")
    return screen
  }

  private func console(of sandbox: Sandbox) throws -> Int32 {
    try #require(try Operations.processes(named: "midwatch", in: sandbox).first)
  }

  private func expectNone(named name: String, in sandbox: Sandbox) throws {
    _ = try Condition.wait(for: "the end of \(name)") {
      try Operations.processes(named: name, in: sandbox).isEmpty ? true : nil
    }
  }

  /// The shell has the terminal again, and it shows what is typed.
  private func expectShell(_ screen: Screen) throws {
    try screen.press("C-l")
    try screen.type("echo modes: $(stty -a | grep -oE ' (echo|icanon)\\b' | tr -d '\\n')")
    try screen.press("Enter")
    try screen.expect("modes: icanon echo")
    try screen.expect("echo modes: $(")
  }

  @Test func aConsoleThatIsToldToEndTakesTheTerminalBack() throws {
    let sandbox = try Operations.sandbox()
    let screen = try reading(sandbox)
    #expect(kill(try console(of: sandbox), SIGTERM) == 0)
    try expectNone(named: "midwatch", in: sandbox)
    try expectNone(named: "less", in: sandbox)
    try expectShell(screen)
    let told = try Operations.timeline(sandbox)
    #expect(told.contains("1.6") && told.contains("in the terminal"), "\(told)")
    #expect(!told.contains("1.6 exit 0"), "\(told)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func aConsoleThatIsKilledLeavesTheShellATerminal() throws {
    let sandbox = try Operations.sandbox()
    let screen = try reading(sandbox)
    #expect(kill(try console(of: sandbox), SIGKILL) == 0)
    try screen.expect("Killed")
    try expectShell(screen)
    try expectNone(named: "less", in: sandbox)
    // The next console knows that nobody can tell how it ended.
    try screen.press("C-l")
    try screen.type("\(Binary.path) shop")
    try screen.press("Enter")
    try screen.expect("? help")
    try screen.press("4")
    try screen.expect("run R-1")
    try screen.press("Enter")
    try screen.expect("1.6 Read")
    _ = try Condition.wait(for: "the lost command in the timeline") {
      try Operations.timeline(sandbox).contains("outcome unknown") ? true : nil
    }
    try screen.press("q")
    try screen.expect("shell>")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test(arguments: [true, false]) func aTerminalThatIsClosedEndsCommandAndConsole(hasTerminal: Bool) throws {
    let sandbox = try Operations.sandbox()
    let screen = hasTerminal ? try reading(sandbox) : try hanging(sandbox)
    try screen.close()
    for name in ["less", "sleep", "midwatch"] { try expectNone(named: name, in: sandbox) }
    let told = try Operations.timeline(sandbox)
    #expect(told.contains(hasTerminal ? "1.6" : "1.4"), "\(told)")
    #expect(!told.contains("exit 0"), "\(told)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func leavingAsksAndThenEndsWhatRuns() throws {
    let sandbox = try Operations.sandbox()
    let screen = try hanging(sandbox)
    try screen.press("q")
    try screen.expect("1.4 still runs")
    try screen.press("Enter")
    try screen.expect("shell>")
    try expectNone(named: "sleep", in: sandbox)
    try expectNone(named: "midwatch", in: sandbox)
    let told = try Operations.timeline(sandbox)
    #expect(told.contains("1.4 ") && !told.contains("1.4 exit 0"), "\(told)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }
}
