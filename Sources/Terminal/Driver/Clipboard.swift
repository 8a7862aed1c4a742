/// Copying through the terminal (OSC 52), which also works over ssh.
package enum Clipboard {
  /// Encoded bytes that terminals take at most; xterm's limit, as others use it.
  static let maximumEncoded = 74_994
  /// They show sequences that they do not understand, or parts of them.
  static let terminalsWithout: Set<String> = ["dumb", "linux", "", "vt100", "vt102", "vt220"]

  /// The bytes to send, or a sentence that says why not.
  ///
  /// tmux takes the sequence only with `set-clipboard on` and passes a wrapped one only with
  /// `allow-passthrough on`, so it gets both; screen passes pieces of at most 768 bytes.
  ///
  /// - Parameters:
  ///   - term: `$TERM`.
  ///   - isInTmux: whether `$TMUX` is set.
  package static func sequence(copying text: String, term: String, isInTmux: Bool) -> Result<String, Refusal>
  {
    if terminalsWithout.contains(term) {
      return .failure(Refusal(sentence: "the terminal \"\(term)\" has no clipboard; select the text by hand"))
    }
    let encoded = base64(Array(text.utf8))
    guard encoded.utf8.count <= maximumEncoded else {
      return .failure(
        Refusal(
          sentence:
            "the text has \(text.utf8.count) bytes and the terminal takes \(maximumEncoded / 4 * 3); export it instead"
        ))
    }
    let plain = "\u{1B}]52;c;\(encoded)\u{7}"
    if isInTmux { return .success(plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\") }
    guard term.hasPrefix("screen") else { return .success(plain) }
    var wrapped = ""
    var rest = plain[...]
    while !rest.isEmpty {
      wrapped += "\u{1B}P\(rest.prefix(768))\u{1B}\\"
      rest = rest.dropFirst(768)
    }
    return .success(wrapped)
  }

  package struct Refusal: Error, Hashable, Sendable {
    package let sentence: String
  }

  /// RFC 4648, section 4.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for offset in 0..<3 { bits = bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0) }
      for digit in 0..<4 {
        let letter = alphabet[Int(bits >> (18 - 6 * UInt32(digit)) & 63)]
        encoded.append(digit <= group.count ? letter : 0x3D)
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
