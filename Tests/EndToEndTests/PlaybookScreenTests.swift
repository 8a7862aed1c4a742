import Foundation
import Testing

/// Commands of a playbook, run from the screen in a real terminal, which is resized and left meanwhile.
@Suite(.serialized) struct PlaybookScreenTests {
  /// Commands that are looked at while they run wait for a file that the test makes: nothing depends on how
  /// quick the machine is.
  private static func runbook(in folder: String) -> String {
    func hold(_ name: String) -> String { "until [ -e \(folder)/\(name) ]; do sleep 0.1; done" }
    return """
      ---
      title: Operations
      destructive: [wipe]
      steps:
        Look:
          check: true
          every: 1s
      ---

      # Operations

      1. Pass.
         ```bash
         echo here is what it says; \(hold("passes"))
         ```
      2. Look.
         ```bash
         test -d /tmp
         ```
      3. Fail.
         ```bash
         \(hold("fails")); echo something is wrong >&2; exit 3
         ```
      4. Hang.
         ```bash
         echo it has begun; sleep 600
         ```
      5. Say a lot.
         ```bash
         seq 1 200000; echo the very end
         ```
      6. Read.
         ```bash
         seq 1 500 | less
         ```
      7. Wipe it.
         ```bash
         echo wipe everything
         ```
      8. Say what a terminal would obey.
         ```bash
         printf '\\033]0;taken\\007\\033[2J\\033[31mplain words\\033[0m\\n'
         ```
      9. Flood.
         ```bash
         head -c 200000000 /dev/zero | tr '\\0' x | fold -w 4000; echo; \(hold("floods")); echo the very end
         ```
      """
  }

  private func sandbox(isTrusted: Bool = true) throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(
      "title: Shop\nenvironments:\n  staging:\n    about: here\n", to: "playbooks/shop/system.yaml")
    try sandbox.write(Self.runbook(in: sandbox.path), to: "playbooks/shop/ops.md")
    #expect(try sandbox.midwatch("journal", "init").status == 0)
    if isTrusted { #expect(try sandbox.midwatch("trust", "--yes", "playbooks/shop").status == 0) }
    return sandbox
  }

  /// A console under a shell that can stop it and take it up again, with the playbook open.
  private func open(_ sandbox: Sandbox, _ options: String..., width: Int = 80, height: Int = 24) throws
    -> Screen
  {
    let screen = try Screen(
      width: width, height: height, environment: sandbox.environment,
      ["env", "PS1=shell> ", "bash", "--norc", "-i"])
    try screen.expect("shell>")
    try screen.type(([Binary.path, "shop"] + options).joined(separator: " "))
    try screen.press("Enter")
    try screen.expect("? help")
    try screen.press("p")
    try screen.expect("Operations")
    try screen.press("Enter")
    try screen.expect("1.1 Pass")
    return screen
  }

  /// Leaves the console for the shell and comes back.
  private func suspend(_ screen: Screen, seeing text: String = "? help") throws {
    try screen.press("C-z")
    try screen.expect("Stopped")
    try screen.press("C-l")
    try screen.type("fg")
    try screen.press("Enter")
    try screen.expect(text)
  }

  private func run(_ screen: Screen, _ command: String) throws {
    try screen.press("x")
    try screen.expect("Enter runs it")
    try screen.expect(command)
    try screen.press("Enter")
  }

  /// The most memory that a program of that name has had, in kB; it is told from those of other tests by its environment.
  private func peak(of name: String, in sandbox: Sandbox) throws -> Int {
    let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int($0) }
    let peaks = numbers.compactMap { number -> Int? in
      guard let status = try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8),
        status.hasPrefix("Name:\t\(name)\n"),
        let environment = FileManager.default.contents(atPath: "/proc/\(number)/environ"),
        environment.firstRange(of: Data(sandbox.path.utf8)) != nil
      else { return nil }
      return status.firstMatch(of: /VmHWM:\s+([0-9]+) kB/).flatMap { Int($0.1) }
    }
    return try #require(peaks.max(), "no \(name) runs")
  }

  private func timeline(_ sandbox: Sandbox) throws -> String {
    let outcome = try sandbox.midwatch("timeline")
    #expect(outcome.status == 0, "\(outcome.err)")
    return outcome.out
  }

  @Test func commandsThatPassFailHangAndSayALot() throws {
    let sandbox = try sandbox()
    let screen = try open(sandbox)
    try run(screen, "echo here is what it says")
    try screen.expect("$ running")
    try screen.resize(width: 120, height: 40)
    try suspend(screen)
    try screen.resize(width: 80, height: 24)
    try sandbox.write("", to: "passes")
    try screen.expect("✓ exit 0")
    try screen.expect("here is what it says")
    try screen.press("j")
    try run(screen, "changes nothing, as the playbook says")
    try screen.expect("✓ 1.2 Look")
    try screen.press("j")
    try run(screen, "exit 3")
    try screen.expect("$ running")
    try screen.resize(width: 100, height: 30)
    try suspend(screen)
    try screen.resize(width: 80, height: 24)
    try sandbox.write("", to: "fails")
    try screen.expect("failed: exit 3")
    try screen.expect("something is wrong")

    try screen.press("j")
    try run(screen, "sleep 600")
    try screen.expect("it has begun")
    try screen.resize(width: 120, height: 40)
    try screen.expect("on staging")
    try suspend(screen)
    try screen.expect("$ running")
    try screen.press("q")
    try screen.expect("1.4 still runs")
    try screen.press("Escape")
    try screen.expectNo("1.4 still runs")
    try screen.press("C")
    try screen.expect("It gets TERM")
    try screen.press("Enter")
    try screen.expect("failed: cancelled")

    try screen.press("j")
    try run(screen, "seq 1 200000")
    try screen.resize(width: 80, height: 24)
    try suspend(screen)
    try screen.expect("✓ exit 0", seconds: 60)
    try screen.expect("200001 lines")
    try screen.expect("the very end")
    try screen.press("Tab", "Tab", "/")
    try screen.type("177777")
    try screen.press("Enter")
    try screen.expect("line 177777")
    try screen.press("q")
    try screen.expect("shell>")
    let told = try timeline(sandbox)
    for words in [
      "1.1 exit 0", "1.2 exit 0", "1.2 Look (by its check)", "1.3 exit 3", "failed 1.3 Fail: exit 3",
      "1.4 cancelled",
      "1.5 exit 0",
    ] { #expect(told.contains(words), "\(words) is missing in\n\(told)") }
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func commandsThatTakeTheTerminalDestroyAndDeceive() throws {
    let sandbox = try sandbox()
    let screen = try open(sandbox, width: 120, height: 40)
    for _ in 0..<5 { try screen.press("j") }
    try screen.press("X")
    try screen.expect("it has the terminal until it ends")
    try screen.press("Enter")
    // Only less shows bare numbers: what is typed now is for it.
    try screen.expect("\n11\n12\n13\n")
    try screen.resize(width: 80, height: 24)
    // Nobody could take it up again: it goes on.
    try screen.press("C-z")
    try screen.press("G")
    try screen.expect("(END)")
    try screen.press("q")
    try screen.expect("press a key to go back")
    try screen.press("Space")
    try screen.expect("It had the terminal in its hands")

    try screen.press("j", "x")
    try screen.expect("This changes staging")
    try screen.type("stagin")
    try screen.press("Enter")
    try screen.expect("Nothing was run: that is not staging.")
    try screen.resize(width: 120, height: 40)
    try suspend(screen, seeing: "Type the target's name to run it: stagin")
    try screen.type("g")
    try screen.press("Enter")
    try screen.expect("✓ exit 0")

    try screen.press("j")
    try run(screen, "plain words")
    try screen.expect("✓ exit 0")
    try screen.expect("plain words")
    #expect(try screen.text().contains("Operations"), "nothing was cleared")
    try screen.press("q")
    try screen.expect("shell>")
    try screen.type("echo modes: $(stty -a | grep -oE ' (echo|icanon)\\b' | tr -d '\\n')")
    try screen.press("Enter")
    try screen.expect("modes: icanon echo")
    let told = try timeline(sandbox)
    #expect(told.contains("in the terminal"))
    #expect(told.contains("1.7 exit 0"))
    #expect(!told.contains("\u{1B}"))
  }

  @Test func twoHundredMegabytesNeitherBlockNorFillTheConsole() throws {
    let sandbox = try sandbox()
    let screen = try open(sandbox)
    for _ in 0..<8 { try screen.press("j") }
    try run(screen, "head -c 200000000")
    try screen.expect("$ running")
    try screen.resize(width: 120, height: 40)
    try suspend(screen)
    // It goes on answering.
    try screen.press("1")
    try screen.expect("endpoints")
    try screen.press("4")
    try screen.expect("1.9 Flood")
    try sandbox.write("", to: "floods")
    // What it wrote is there before its end is: only then may the console be left unasked.
    try screen.expect("✓ exit 0", seconds: 300)
    try screen.expect("50001 lines")
    let peak = try peak(of: "midwatch", in: sandbox)
    #expect(peak < 300_000, "the console took \(peak) kB")
    try screen.press("q")
    try screen.expect("shell>")
    let told = try timeline(sandbox)
    #expect(told.contains("1.9 exit 0") && told.contains("50001 lines"), "\(told)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func nothingRunsInAFolderThatNobodyTrustsOrWhereItMayNot() throws {
    let stranger = try sandbox(isTrusted: false)
    let screen = try open(stranger)
    try screen.press("x")
    try screen.expect("Nobody trusts shop's folder")
    #expect(try stranger.midwatch("trust", "--yes", "playbooks/shop").status == 0)
    try screen.expectNo("Nobody trusts")
    try stranger.write("", to: "passes")
    try run(screen, "echo here is what it says")
    try screen.expect("✓ exit 0")
    try screen.press("q")
    try screen.expect("shell>")
    let other = try open(try sandbox(), "--no-exec")
    try other.press("x")
    try other.expect("started with --no-exec")
  }
}
