import Foundation
import TestSupport
import Testing

/// A promise that nobody kept, in a real terminal: sign, colour, bell where the system wishes it, and the desktop.
@Suite struct OverdueTests {
  /// A system of one incident whose next update is due within seconds.
  private func sandbox(bell: String) throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      bell: \(bell)
      cadence: [{every: 2s}]
      severities:
        S1: {means: Nobody can buy}
      """, to: "playbooks/shop/system.yaml")
    let declared = try sandbox.midwatch(
      "incident", "declare", "--system", "shop", "--severity", "S1", "Nobody", "can", "buy")
    try #require(declared.status == 0, "\(declared)")
    return sandbox
  }

  /// What the terminal was sent while the console ran.
  private func raw(_ sandbox: Sandbox, notify: String) throws -> (bytes: String, styled: String) {
    // The console begins once its bytes are recorded.
    let go = sandbox.path + "/go"
    let screen = try Screen(
      width: 120, height: 40, environment: sandbox.environment.merging(["MIDWATCH_NOTIFY": notify]) { $1 },
      ["bash", "-c", "until [ -e \(go) ]; do sleep 0.1; done; exec \(Binary.path)"])
    let file = sandbox.path + "/bytes"
    try screen.record(to: file)
    try sandbox.write("", to: "go")
    try screen.expect("● update overdue by", seconds: 60)
    let styled = try screen.styled()
    func bytes() -> String {
      String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }
    _ = try Condition.wait(for: "a notification") { bytes().contains("due now") ? true : nil }
    try screen.press("q")
    try screen.expect("[ended with 0]", seconds: 60)
    _ = try Condition.wait(for: "the last bytes") { bytes().contains("[ended with 0]") ? true : nil }
    return (bytes(), styled)
  }

  /// Bells that are none of a sequence's ends.
  private func bells(_ bytes: String) -> Int {
    bytes.replacing(/\x{1B}\][^\x{07}]*\x{07}/, with: "").count { $0 == "\u{7}" }
  }

  @Test func aSystemThatWishesItRingsOnceAndTellsTheDesktop() throws {
    let (bytes, styled) = try raw(try sandbox(bell: "page"), notify: "osc9")
    // In tmux it is wrapped, so that the terminal around it hears of it.
    let start = try #require(bytes.firstRange(of: "\u{1B}Ptmux;\u{1B}\u{1B}]9;midwatch INC-1: due now: "))
    #expect(bytes[start.upperBound...].prefix(400).contains("\u{7}\u{1B}\\"))
    #expect(bells(bytes) == 1, "\(bytes.debugDescription)")
    #expect(bytes.ranges(of: "due now").count == 1, "it is told once")
    try expectLoud(styled)
  }

  @Test func aSilentSystemTellsTheDesktopAlone() throws {
    let (bytes, styled) = try raw(try sandbox(bell: "none"), notify: "osc777")
    #expect(bytes.contains("\u{1B}Ptmux;\u{1B}\u{1B}]777;notify;midwatch INC-1;due now: "))
    #expect(bells(bytes) == 0)
    try expectLoud(styled)
  }

  @Test func whoWantsNoneHasNone() throws {
    let sandbox = try sandbox(bell: "none")
    let screen = try Screen(
      width: 80, height: 24, environment: sandbox.environment.merging(["MIDWATCH_NOTIFY": "none"]) { $1 },
      [Binary.path])
    let file = sandbox.path + "/bytes"
    try screen.record(to: file)
    // Sign and words are there all the same, on a narrow screen too.
    try screen.expect("● update overdue by", seconds: 60)
    try screen.press("q")
    try screen.expect("[ended with 0]", seconds: 60)
    let bytes = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    #expect(!bytes.contains("]9;") && !bytes.contains("]777;"))
  }

  /// What is overdue stands out by more than its words.
  private func expectLoud(_ styled: String, location: SourceLocation = #_sourceLocation) throws {
    let line = try #require(
      styled.split(separator: "\n").last { $0.contains("update overdue by") }, sourceLocation: location)
    let before = line.prefix(upTo: try #require(line.firstRange(of: "● update overdue by")).lowerBound)
    let sgr = before.matches(of: /\x{1B}\[([0-9;]*)m/).last.map { String($0.1) } ?? ""
    #expect(
      sgr.split(separator: ";").contains { ["31", "91", "38", "41", "48"].contains($0) },
      "\(line.debugDescription)", sourceLocation: location)
  }
}
