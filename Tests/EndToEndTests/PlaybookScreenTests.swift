import Foundation
import Testing

/// Commands of a playbook, run from the screen in a real terminal, which is resized and left meanwhile.
@Suite(.serialized) struct PlaybookScreenTests {
  @Test func commandsThatPassFailHangAndSayALot() throws {
    let sandbox = try Operations.sandbox()
    let screen = try Operations.open(sandbox)
    try Operations.run(screen, "echo here is what it says")
    try screen.expect("$ running")
    try screen.resize(width: 120, height: 40)
    try Operations.suspend(screen)
    try screen.resize(width: 80, height: 24)
    try sandbox.write("", to: "passes")
    try screen.expect("✓ exit 0")
    try screen.expect("here is what it says")
    try screen.press("j")
    try Operations.run(screen, "changes nothing, as the playbook says")
    try screen.expect("✓ 1.2 Look")
    try screen.press("j")
    try Operations.run(screen, "exit 3")
    try screen.expect("$ running")
    try screen.resize(width: 100, height: 30)
    try Operations.suspend(screen)
    try screen.resize(width: 80, height: 24)
    try sandbox.write("", to: "fails")
    try screen.expect("failed: exit 3")
    try screen.expect("something is wrong")

    try screen.press("j")
    try Operations.run(screen, "sleep 600")
    try screen.expect("it has begun")
    try screen.resize(width: 120, height: 40)
    try screen.expect("on staging")
    try Operations.suspend(screen)
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
    try Operations.run(screen, "seq 1 200000")
    try screen.resize(width: 80, height: 24)
    try Operations.suspend(screen)
    try screen.expect("✓ exit 0", seconds: 60)
    try screen.expect("200001 lines")
    try screen.expect("the very end")
    try screen.press("Tab", "Tab", "/")
    try screen.type("177777")
    try screen.press("Enter")
    try screen.expect("line 177777")
    try screen.press("q")
    try screen.expect("shell>")
    let told = try Operations.timeline(sandbox)
    for words in [
      "1.1 exit 0", "1.2 exit 0", "1.2 Look (by its check)", "1.3 exit 3", "failed 1.3 Fail: exit 3",
      "1.4 cancelled",
      "1.5 exit 0",
    ] { #expect(told.contains(words), "\(words) is missing in\n\(told)") }
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func commandsThatTakeTheTerminalDestroyAndDeceive() throws {
    let sandbox = try Operations.sandbox()
    let screen = try Operations.open(sandbox, width: 120, height: 40)
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
    try Operations.suspend(screen, seeing: "Type the target's name to run it: stagin")
    try screen.type("g")
    try screen.press("Enter")
    try screen.expect("✓ exit 0")

    try screen.press("j")
    try Operations.run(screen, "plain words")
    try screen.expect("✓ exit 0")
    try screen.expect("plain words")
    #expect(try screen.text().contains("Operations"), "nothing was cleared")
    try screen.press("q")
    try screen.expect("shell>")
    try screen.type("echo modes: $(stty -a | grep -oE ' (echo|icanon)\\b' | tr -d '\\n')")
    try screen.press("Enter")
    try screen.expect("modes: icanon echo")
    let told = try Operations.timeline(sandbox)
    #expect(told.contains("in the terminal"))
    #expect(told.contains("1.7 exit 0"))
    #expect(!told.contains("\u{1B}"))
  }

  @Test func twoHundredMegabytesNeitherBlockNorFillTheConsole() throws {
    let sandbox = try Operations.sandbox()
    let screen = try Operations.open(sandbox)
    for _ in 0..<8 { try screen.press("j") }
    try Operations.run(screen, "head -c 200000000")
    try screen.expect("$ running")
    try screen.resize(width: 120, height: 40)
    try Operations.suspend(screen)
    // It goes on answering.
    try screen.press("1")
    try screen.expect("endpoints")
    try screen.press("4")
    try screen.expect("1.9 Flood")
    try sandbox.write("", to: "floods")
    // What it wrote is there before its end is: only then may the console be left unasked.
    try screen.expect("✓ exit 0", seconds: 300)
    try screen.expect("50001 lines")
    let peak = try Operations.peak(of: "midwatch", in: sandbox)
    #expect(peak < 300_000, "the console took \(peak) kB")
    try screen.press("q")
    try screen.expect("shell>")
    let told = try Operations.timeline(sandbox)
    #expect(told.contains("1.9 exit 0") && told.contains("50001 lines"), "\(told)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func nothingRunsInAFolderThatNobodyTrustsOrWhereItMayNot() throws {
    let stranger = try Operations.sandbox(isTrusted: false)
    let screen = try Operations.open(stranger)
    try screen.press("x")
    try screen.expect("Nobody trusts shop's folder")
    #expect(try stranger.midwatch("trust", "--yes", "playbooks/shop").status == 0)
    try screen.expectNo("Nobody trusts")
    try stranger.write("", to: "passes")
    try Operations.run(screen, "echo here is what it says")
    try screen.expect("✓ exit 0")
    try screen.press("q")
    try screen.expect("shell>")
    let other = try Operations.open(try Operations.sandbox(), "--no-exec")
    try other.press("x")
    try other.expect("started with --no-exec")
  }
}
