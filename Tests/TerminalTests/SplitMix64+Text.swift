import TestSupport

extension SplitMix64 {
  /// Text of up to `length` scalars of all sorts: controls, wide, joining, emoji, right to left.
  mutating func text(upTo length: Int) -> String {
    let pool: [Unicode.Scalar] = Array(
      "aZ9 -–│é日本語한글ｶ😀👍🇫🇷👨ا\u{301}\u{200D}\u{FE0F}\u{1B}\n\t\u{7F}\u{9B}\u{202E}\u{1F3FD}\u{E0041}"
        .unicodeScalars)
    var view = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...max(0, length), using: &self) {
      view.append(pool.randomElement(using: &self) ?? "x")
    }
    return String(view)
  }
}
