import Terminal
import Testing

@Suite("Colour")
struct ColourTests {
  @Test("as themes write them")
  func parsing() {
    #expect(Colour("default") == .terminal)
    #expect(Colour("#0a0B0c") == .rgb(10, 11, 12))
    #expect(Colour("245") == .indexed(245))
    for text in ["256", "-1", "+1", "#abc", "#gggggg", "#+12345", "", "red", "#1234567"] {
      #expect(Colour(text) == nil, "\(text)")
    }
    for text in ["default", "#0a0b0c", "7"] { #expect(Colour(text)?.description == text) }
  }

  @Test(
    "the nearest that a terminal has",
    arguments: [
      ("default", 256, -1), ("#ffffff", 256, 231), ("#808080", 256, 244), ("#5f87af", 256, 67),
      ("245", 256, 245),
      ("#5f87af", 1 << 24, 0x5F87AF), ("196", 1 << 24, 0xFF0000), ("3", 16, 3), ("12", 8, 4),
      ("#b41e2d", 8, 1),
      ("#f2b134", 8, 3), ("#f2b134", 16, 11), ("#6fbf8b", 8, 2), ("#5aa9e6", 16, 12), ("#c77dff", 8, 5),
      ("#4cc3c7", 8, 6), ("245", 8, -1), ("#101010", 16, 0), ("#f0f0f0", 16, 15), ("#f0f0f0", 8, 7),
      ("#ff0000", 0, -1),
    ])
  func approximation(_ colour: String, _ count: Int, _ number: Int) {
    #expect(Colour(colour)?.number(ofColours: count) == number)
  }

  @Test("grey grounds become reverse where there are few colours")
  func grounds() {
    let look = Look(.terminal, on: .rgb(0x30, 0x30, 0x30))
    #expect(look.drawn(ofColours: 256).reverse == false)
    #expect(look.drawn(ofColours: 16).reverse)
    #expect(Look(.rgb(0xF0, 0xF0, 0xF0)).drawn(ofColours: 8).foreground == -1)
    #expect(Look(.rgb(0, 0, 0), on: .rgb(0xF2, 0xB1, 0x34)).drawn(ofColours: 8).foreground == 0)
  }
}
