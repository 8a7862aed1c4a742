import Testing

@testable import Playbooks

@Suite struct ControlSequencesTests {
  @Test(arguments: [
    ("plain", "plain"),
    ("\u{1B}[31mred\u{1B}[0m", "red"),
    ("\u{1B}[38;2;1;2;3mtrue colour", "true colour"),
    ("\u{1B}[2J\u{1B}[Hcleared", "cleared"),
    ("\u{1B}]0;a title\u{7}after", "after"),
    ("\u{1B}]0;a title\u{1B}\\after", "after"),
    ("\u{1B}]52;c;cm0gLXJmIC8=\u{7}after", "after"),
    ("\u{9D}52;c;AAAA\u{9C}after", "after"),
    ("\u{9B}31mred", "red"),
    ("\u{1B}Pq#0;2;0;0;0\u{1B}\\after a picture", "after a picture"),
    ("\u{1B}_app\u{1B}\\\u{1B}^pm\u{1B}\\\u{1B}Xsos\u{1B}\\text", "text"),
    ("\u{1B}(Bcharset", "charset"),
    ("\u{1B}7saved\u{1B}8", "saved"),
    ("\u{1B}%Gutf", "utf"),
    // Unfinished: they take what follows.
    ("before\u{1B}", "before"),
    ("before\u{1B}[31", "before"),
    ("before\u{1B}]0;no end", "before"),
    // One that begins within another ends that.
    ("\u{1B}]0;title\u{1B}[31mred", "red"),
    ("\u{1B}[3\u{1B}[31mred", "red"),
    ("\u{1B}]0;title\u{18}text", "text"),
    // A control of ASCII within one does not end it.
    ("\u{1B}[3\u{8}1mred", "red"),
    ("\u{1B}[3éred", "éred"),
    ("é 世界 👩‍👩‍👧", "é 世界 👩‍👩‍👧"),
  ])
  func areGone(_ text: String, _ left: String) {
    #expect(ControlSequences.removed(from: text) == left)
  }

  @Test func aTextInPiecesIsWhatItIsAsAWhole() {
    let text = "a\u{1B}[31mb\u{1B}]52;c;AAAA\u{1B}\\c\u{1B}(Bd\u{9B}1me\u{1B}]0;t\u{7}f"
    let scalars = Array(text.unicodeScalars)
    for first in 0...scalars.count {
      for second in first...scalars.count {
        var sequences = ControlSequences()
        var left = ""
        for part in [scalars[..<first], scalars[first..<second], scalars[second...]] {
          var piece = String.UnicodeScalarView()
          piece.append(contentsOf: part)
          left += sequences.remove(from: String(piece))
        }
        #expect(left == "abcdef")
      }
    }
  }
}
