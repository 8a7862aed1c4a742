import Testing
import Values

@testable import Playbooks

@Suite struct CommandOutputTests {
  private func written(_ text: String, secrets: [String] = []) -> String {
    var output = CommandOutput(masking: secrets.map { Secret($0) })
    return output.receive(Array(text.utf8), isError: false) + output.finish()
  }

  @Test(arguments: [
    ("", ""),
    ("a\nb\n", "a\nb\n"),
    ("no newline", "no newline\n"),
    ("\n\n", "\n\n"),
    ("dos\r\nlines\r\n", "dos\nlines\n"),
    ("two\r\r\n", "two\n"),
    ("10%\r50%\r100%\n", "100%\n"),
    ("10%\r50%\r", "50%\n"),
    ("\rback\n", "back\n"),
    ("a\tb\n", "a b\n"),
    ("bell\u{7} and back\u{8}space\n", "bell␇ and back␈space\n"),
    ("\u{1B}[1;31mred\u{1B}[m\n", "red\n"),
    ("\u{1B}]52;c;AAAA\u{7}x\u{1B}]0;title\u{1B}\\y\u{1B}[2Jz\n", "xyz\n"),
    // A sequence that does not end takes its line and no other.
    ("a\u{1B}]0;never\nb\n", "a\nb\n"),
    ("right to \u{202E}left\n", "right to \u{FFFD}left\n"),
    ("null\0 byte\n", "null␀ byte\n"),
  ])
  func linesAreSafe(_ text: String, _ safe: String) {
    #expect(written(text) == safe)
  }

  @Test func whatIsNoTextIsNoTrouble() {
    var output = CommandOutput()
    _ = output.receive([0xFF, 0xFE, 0x41, 0xC3, 0x0A, 0x80, 0x0A], isError: false)
    _ = output.receive((0...255).map { UInt8($0) }, isError: true)
    _ = output.finish()
    #expect(output[0]?.text == "\u{FFFD}\u{FFFD}A\u{FFFD}" && output[1]?.text == "\u{FFFD}")
    let scalars = (0..<output.count).compactMap { output[$0] }.flatMap(\.text.unicodeScalars)
    #expect(scalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
  }

  @Test func howTheBytesArePartedMakesNoDifference() {
    let text = "first é 世界\nsecond \u{1B}[31mred\u{1B}[m\r\n10%\r20%\nhunter2 and hunter2\nlast"
    let bytes = Array(text.utf8)
    let whole = written(text, secrets: ["hunter2"])
    #expect(whole == "first é 世界\nsecond red\n20%\n••• and •••\nlast\n")
    for size in 1...bytes.count {
      var output = CommandOutput(masking: [Secret("hunter2")])
      var parts = ""
      for start in stride(from: 0, to: bytes.count, by: size) {
        parts += output.receive(Array(bytes[start..<min(bytes.count, start + size)]), isError: false)
      }
      #expect(parts + output.finish() == whole)
      #expect(output.text == whole && output.lines == 5)
    }
  }

  @Test(arguments: [
    ("token=hunter2;", "hunter2", "token=•••;\n"),
    ("hunhunter2ter2", "hunter2", "hun•••ter2\n"),
    // As part of a URL, and of a JSON text.
    ("?t=a%2Fb%20c", "a/b c", "?t=•••\n"),
    (#"{"t": "a\"b/c"}"#, #"a"b/c"#, "{\"t\": \"•••\"}\n"),
    // Colours within it do not hide it.
    ("hun\u{1B}[31mter2", "hunter2", "•••\n"),
    ("pass\tword", "pass\tword", "•••\n"),
    // A key of several lines, line by line; its short last one is left.
    ("-----BEGIN\nMIIEabcdef\nxyz=\n", "-----BEGIN\nMIIEabcdef\nxyz=", "•••\n•••\nxyz=\n"),
    // Too short to be masked.
    ("abc", "abc", "abc\n"),
  ])
  func secretsAreMasked(_ text: String, _ secret: String, _ shown: String) {
    #expect(written(text, secrets: [secret]) == shown)
  }

  @Test func theLongerOfTwoSecretsIsMaskedFirst() {
    #expect(written("hunter2-long hunter2", secrets: ["hunter2", "hunter2-long"]) == "••• •••\n")
  }

  @Test func streamsAreApart() {
    var output = CommandOutput()
    _ = output.receive(Array("out ".utf8), isError: false)
    _ = output.receive(Array("err\n".utf8), isError: true)
    _ = output.receive(Array("put\n".utf8), isError: false)
    #expect(output[0] == CommandOutput.Line(text: "err", isError: true))
    #expect(output[1] == CommandOutput.Line(text: "out put", isError: false))
    #expect(output[2] == nil && output[-1] == nil)
  }

  @Test func whatHasNotEndedCanBeSeenButNoBeginningOfASecret() {
    var output = CommandOutput(masking: [Secret("hunter2")])
    #expect(output.openLines.isEmpty)
    _ = output.receive(Array("Really? [y/n] ".utf8), isError: false)
    #expect(output.openLines.map(\.text) == ["Really? [y/n] "])
    _ = output.receive(Array("hunt".utf8), isError: false)
    #expect(output.openLines.map(\.text) == ["Really? [y/n] "])
    _ = output.receive(Array("er2!".utf8), isError: false)
    #expect(output.openLines.map(\.text) == ["Really? [y/n] •••!"] && output.count == 0)
  }

  @Test func aVeryLongLineIsSeveralAndNothingOfItIsLost() {
    let line = String(repeating: "0123456789abcde\u{E9}", count: 5000)
    var output = CommandOutput()
    var text = ""
    for part in Array((line + "\nnext\n").utf8).chunks(of: 1000) {
      text += output.receive(part, isError: false)
    }
    #expect(text == line + "\nnext\n" && output.text == text)
    #expect(output.lines == 7 && output[0]?.goesOn == true && output[5]?.goesOn == false)
    #expect((0..<output.count).allSatisfy { (output[$0]?.text.utf8.count ?? 0) <= CommandOutput.longestLine })
  }

  @Test func noSecretIsPartedWhereALongLineIs() {
    // At every place around the border.
    for shift in 0..<24 {
      let before = String(repeating: "x", count: CommandOutput.longestLine - 12 + shift)
      let after = String(repeating: "y", count: 3 * CommandOutput.longestLine)
      #expect(written(before + "hunter2" + after, secrets: ["hunter2"]) == before + "•••" + after + "\n")
    }
  }

  @Test func aSequenceWithoutEndTakesALongLineWithIt() {
    let payload = String(repeating: "A", count: 100_000)
    #expect(written("a\u{1B}]52;c;\(payload)\u{7}b\nc\n") == "ab\nc\n")
  }

  @Test func aProgressBarNeedsNoRoom() {
    var output = CommandOutput()
    for percent in 0..<100_000 { _ = output.receive(Array("\r \(percent) of 100000".utf8), isError: false) }
    #expect(output.openLines.map(\.text) == [" 99999 of 100000"])
    #expect(output.finish() == " 99999 of 100000\n" && output.lines == 1)
  }

  @Test(arguments: [1, 7, 80, 5000]) func memoryIsBoundedAndBothEndsAreKept(_ width: Int) {
    var output = CommandOutput()
    let line = Array((String(repeating: "x", count: width) + "\n").utf8)
    let block = Array(repeating: line, count: max(1, (64 << 10) / line.count)).flatMap { $0 }
    _ = output.receive(Array("the first\n".utf8), isError: false)
    var more = 20
    while more > 0 {
      _ = output.receive(block, isError: false)
      if output.isTruncated { more -= 1 }
    }
    _ = output.receive(Array("the last\n".utf8), isError: false)
    #expect(output.memory <= CommandOutput.headLimit + CommandOutput.tailLimit)
    #expect(output.text.utf8.count <= 8 << 20)
    #expect(output.isTruncated && output.missing > 0 && output.lines == output.count + output.missing)
    #expect(output[0]?.text == "the first" && output[output.count - 1]?.text == "the last")
    #expect(
      output[output.beginning - 1]?.text.count == width && output[output.beginning]?.text.count == width)
    #expect(output.text.contains("\n… \(output.missing) lines are not kept here …\n"))
  }
}

extension Array {
  fileprivate func chunks(of size: Int) -> [Self] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min(count, $0 + size)]) }
  }
}
