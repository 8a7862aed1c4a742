/// Sequences that the outer terminal should get, past what multiplexes it.
enum Passthrough {
  /// As tmux (with `allow-passthrough on`) and screen hand it on; screen takes pieces of at most 768 bytes.
  static func wrapped(_ sequence: String, term: String, isInTmux: Bool) -> String {
    if isInTmux {
      let doubled = sequence.reduce(into: "") { $0 += $1 == "\u{1B}" ? "\u{1B}\u{1B}" : String($1) }
      return "\u{1B}Ptmux;\(doubled)\u{1B}\\"
    }
    guard term.hasPrefix("screen") else { return sequence }
    var wrapped = ""
    var piece: [UInt8] = []
    for character in sequence {
      if piece.count + character.utf8.count > 768 {
        wrapped += "\u{1B}P\(String(decoding: piece, as: UTF8.self))\u{1B}\\"
        piece = []
      }
      piece += Array(character.utf8)
    }
    return wrapped + "\u{1B}P\(String(decoding: piece, as: UTF8.self))\u{1B}\\"
  }
}
