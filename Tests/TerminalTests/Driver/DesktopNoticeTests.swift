import Testing

@testable import Terminal

/// What is sent to a terminal so that the desktop shows a notification.
@Suite struct DesktopNoticeTests {
  static let terminals: [(term: String, isVTE: Bool, DesktopNotice)] = [
    ("xterm-256color", false, .osc9), ("xterm-256color", true, .osc777), ("xterm-kitty", false, .osc9),
    ("foot", false, .osc777), ("foot-extra", false, .osc777), ("rxvt-unicode-256color", false, .osc777),
    ("tmux-256color", false, .osc9), ("linux", true, .none), ("dumb", false, .none), ("", false, .none),
  ]

  @Test(arguments: terminals)
  func eachTerminalGetsWhatItUnderstands(_ term: String, _ isVTE: Bool, _ expected: DesktopNotice) {
    #expect(DesktopNotice(term: term, isVTE: isVTE) == expected)
  }

  private func sequence(
    _ notice: DesktopNotice, _ title: String, _ text: String, term: String = "xterm", isInTmux: Bool = false
  ) -> String? {
    notice.sequence(title: title, text: text, term: term, isInTmux: isInTmux)
  }

  @Test func theSequencesAreThoseOfTheTerminals() {
    #expect(sequence(.osc9, "INC-1 S1", "overdue: L2") == "\u{1B}]9;INC-1 S1: overdue: L2\u{7}")
    #expect(sequence(.osc777, "INC-1 S1", "overdue: L2") == "\u{1B}]777;notify;INC-1 S1;overdue: L2\u{7}")
    #expect(sequence(.none, "INC-1 S1", "overdue: L2") == nil)
    #expect(
      sequence(.osc9, "INC-1", "L2", term: "tmux-256color", isInTmux: true)
        == "\u{1B}Ptmux;\u{1B}\u{1B}]9;INC-1: L2\u{7}\u{1B}\\")
    #expect(
      sequence(.osc9, "INC-1", "L2", term: "screen.xterm-256color")
        == "\u{1B}P\u{1B}]9;INC-1: L2\u{7}\u{1B}\\")
  }

  /// Titles and texts from outside, and what must not be in the sequence behind its beginning.
  @Test(arguments: DesktopNotice.allCases.filter { $0 != .none })
  func nothingInTheTextEndsTheSequence(_ notice: DesktopNotice) throws {
    let hostile = "x\u{1B}\\\u{7}\u{9C}\u{1B}]52;c;AAAA\u{7}\r\n;y\u{202E}"
    let sent = try #require(sequence(notice, hostile, hostile))
    let inner = sent.dropFirst().dropLast()
    #expect(sent.hasPrefix("\u{1B}]") && sent.hasSuffix("\u{7}"))
    #expect(!inner.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
    // The title ends where it should: of its semicolons none is left.
    let fields = inner.split(separator: ";", omittingEmptySubsequences: false)
    #expect(fields.count >= (notice == .osc777 ? 4 : 2))
    if notice == .osc777 { #expect(fields.prefix(2) == ["]777", "notify"] && fields[2].contains(",y")) }
  }

  @Test func aTitleThatBeginsWithANumberIsNoCommandOfConEmu() {
    #expect(sequence(.osc9, "4;3", "100") == "\u{1B}]9;– 4,3: 100\u{7}")
  }

  @Test func aLongTextIsCutAndScreenGetsPieces() throws {
    let long = String(repeating: "ä", count: 5000)
    let sent = try #require(sequence(.osc777, long, long))
    #expect(sent.count < 300)
    let wrapped = Passthrough.wrapped(String(repeating: "é", count: 1000), term: "screen", isInTmux: false)
    let pieces = wrapped.split(separator: "\u{1B}P").map { $0.dropLast(2) }
    #expect(pieces.map { $0.utf8.count } == [768, 768, 464])
    #expect(pieces.joined() == String(repeating: "é", count: 1000))
  }
}
