import Terminal
import TestSupport
import Testing

@Suite("KeyDecoder")
struct KeyDecoderTests {
  private func decode(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    let keys = decoder.receive(text.utf8)
    return keys + decoder.flush()
  }

  @Test(
    "keys",
    arguments: [
      (
        "aZ é日😀",
        [
          .character("a"), .character("Z"), .character(" "), .character("é"), .character("日"),
          .character("😀"),
        ]
      ),
      ("\r\n\t\u{7F}\u{8}", [.enter, .enter, .tab, .backspace, .backspace]),
      ("\u{1}\u{1A}\u{0}\u{1C}\u{1F}", [.ctrl("a"), .ctrl("z"), .ctrl(" "), .ctrl("\\"), .ctrl("_")]),
      ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}x", [.alt("x")]),
      ("\u{1B}é", [.alt("é")]), ("\u{1B}[", [.alt("[")]), ("\u{1B}]", [.alt("]")]),
      ("\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}OD", [.up, .down, .right, .left]),
      ("\u{1B}[H\u{1B}[F\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}OH", [.home, .end, .home, .end, .home, .home]),
      ("\u{1B}[5~\u{1B}[6~\u{1B}[3~\u{1B}[2~\u{1B}[Z", [.pageUp, .pageDown, .delete, .insert, .backtab]),
      (
        "\u{1B}OP\u{1B}[15~\u{1B}[24~\u{1B}[[B\u{1B}[1;2Q",
        [.function(1), .function(5), .function(12), .function(2), .function(2)]
      ),
      ("\u{1B}[1;5C\u{1B}[1;3D\u{1B}[1;2A", [.alt("f"), .alt("b"), .up]),
      ("\u{1B}[97;5u\u{1B}[27u\u{1B}[9;2u", [.ctrl("a"), .escape, .backtab]),
      ("\u{1B}[200~q\u{1B}[A\r\nx\ry\u{1B}[201~z", [.paste("q\u{1B}[A\nx\ny"), .character("z")]),
      ("\u{1B}[I\u{1B}[O\u{1B}[?62;4c\u{1B}]11;rgb:0/0/0\u{7}\u{1B}P1$r\u{1B}\\a", [.character("a")]),
      ("\u{1B}[99~\u{1B}[<0;1;1M", [.unknown]), ("\u{9B}", [.unknown]), ("\u{1B}[12", [.unknown]),
    ] as [(String, [Key])])
  func keys(_ bytes: String, _ expected: [Key]) {
    #expect(decode(bytes) == expected)
  }

  @Test("bytes may come in any pieces")
  func pieces() {
    let text = "a日\u{1B}[A\u{1B}[200~x\u{1B}[B日\u{1B}[201~\u{1B}OPé"
    var whole = KeyDecoder()
    let expected = whole.receive(text.utf8)
    var single = KeyDecoder()
    var keys: [Key] = []
    for byte in text.utf8 { keys += single.receive([byte]) }
    #expect(keys == expected)
    #expect(expected.count == 6)
  }

  @Test("a lone ESC waits, and a paste does not make it wait")
  func waiting() {
    var decoder = KeyDecoder()
    #expect(decoder.receive([0x1B]).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.receive(Array("[A".utf8)) == [.up])
    #expect(!decoder.isWaiting)
    _ = decoder.receive(Array("\u{1B}[200~abc".utf8))
    #expect(!decoder.isWaiting)
    #expect(decoder.flush().isEmpty)
  }

  @Test("bytes that are no UTF-8 are unknown, and what follows is read")
  func invalid() {
    var decoder = KeyDecoder()
    #expect(
      decoder.receive([0xFF, 0x61, 0xC3, 0x62, 0xE2, 0x82, 0x63, 0xED, 0xA0, 0x80, 0x64]) == [
        .unknown, .character("a"), .unknown, .character("b"), .unknown, .character("c"), .unknown,
        .character("d"),
      ])
    #expect(decoder.receive([0xE2]).isEmpty)
    #expect(decoder.flush() == [.unknown])
  }

  @Test("synchronised output is used only when the terminal says so")
  func synchronised() {
    var decoder = KeyDecoder()
    #expect(decoder.receive(Array("\u{1B}[?2026;0$y".utf8)).isEmpty)
    #expect(!decoder.hasSynchronisedOutput)
    #expect(decoder.receive(Array("\u{1B}[?2026;2$y".utf8)).isEmpty)
    #expect(decoder.hasSynchronisedOutput)
  }

  @Test("a paste that never ends comes in pieces")
  func endless() {
    var decoder = KeyDecoder()
    var keys = decoder.receive(Array("\u{1B}[200~".utf8))
    keys += decoder.receive([UInt8](repeating: 0x61, count: 1 << 21))
    #expect(keys.count >= 1)
    #expect(decoder.receive([0x62]).count <= 1)
  }

  @Test("no bytes break it")
  func property() {
    var random = SplitMix64(seed: 31)
    let pool: [UInt8] = Array("\u{1B}\u{1B}\u{1B}[[O;0129~?$yuMP]\\\u{7}aé日".utf8) + [0xFF, 0, 0x9B]
    var decoder = KeyDecoder()
    for _ in 0..<5000 {
      let count = Int.random(in: 0...9, using: &random)
      _ = decoder.receive((0..<count).map { _ in pool.randomElement(using: &random) ?? 0 })
      if Bool.random(using: &random) {
        _ = decoder.flush()
        #expect(!decoder.isWaiting)
      }
    }
  }
}
