import Terminal
import TestSupport
import Testing

@Suite("Fitting")
struct FittingTests {
  @Test("names lose their middle, numbers their beginning")
  func truncation() {
    #expect("jamble-inventory".truncatedMiddle(to: 9) == "jamb…tory")
    #expect("jamble-inventory".truncatedMiddle(to: 16) == "jamble-inventory")
    #expect("12345".truncatedStart(to: 3) == "…45")
    #expect("sentence".truncatedEnd(to: 4) == "sen…")
    #expect("日本語".truncatedMiddle(to: 5) == "日…語")
    #expect("日本語".truncatedMiddle(to: 4) == "日…")
    #expect("ab".truncatedMiddle(to: 1) == "…")
    #expect("ab".truncatedMiddle(to: 0) == "")
    #expect("ab".paddedRight(to: 4) == "ab  ")
    #expect("日".paddedLeft(to: 4) == "  日")
  }

  @Test("wrapping breaks at blanks and keeps every word")
  func wrapping() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
    #expect("abcdefgh ij".wrapped(to: 3) == ["abc", "def", "gh", "ij"])
    #expect("a\n\nb".wrapped(to: 5) == ["a", "", "b"])
    #expect("日本語".wrapped(to: 3) == ["日", "本", "語"])
    #expect("日".wrapped(to: 1) == ["日"])
    #expect("".wrapped(to: 0) == [""])
  }

  @Test("no cut is wider than asked, and what is short stays")
  func property() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<2000 {
      let text = random.text(upTo: 30)
      let width = Int.random(in: -2...40, using: &random)
      for cut in [
        text.truncatedMiddle(to: width), text.truncatedEnd(to: width), text.truncatedStart(to: width),
      ] {
        #expect(cut.displayWidth <= max(0, width))
        if text.displayWidth <= width { #expect(cut.displayWidth == text.displayWidth) }
      }
      #expect(text.paddedLeft(to: width).displayWidth == max(0, width))
      #expect(text.paddedRight(to: width).displayWidth == max(0, width))
      for line in text.wrapped(to: width) { #expect(line.displayWidth <= max(2, width)) }
    }
  }
}
