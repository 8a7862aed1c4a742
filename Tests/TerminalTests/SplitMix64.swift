/// A small generator with a seed (Steele, Lea and Flood 2014), so that a failing property can be run again.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

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
