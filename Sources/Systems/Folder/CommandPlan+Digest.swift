import Crypto
import Incidents
import Playbooks
import Values

extension CommandPlan {
  /// SHA-256 of what is shown of it, in lower-case hexadecimal: what its start is written down with. O(n).
  package var digest: String {
    HexDigest.of(Array(text.shown.utf8))
  }
}

extension ProcessMark {
  /// The id of its `number`-th command, which no other process and no other number has.
  ///
  /// Its bits that are random elsewhere (RFC 9562, section 6.9) are a hash of process and number, so that whoever has
  /// both needs no source of randomness.
  package func command(_ number: Int, at now: Instant) -> String {
    let name = "\(host)\u{0}\(boot)\u{0}\(pid)\u{0}\(since)\u{0}\(number)"
    var words: (UInt64, UInt64) = (0, 0)
    for (place, byte) in SHA256.hash(data: Array(name.utf8)).prefix(16).enumerated() {
      if place < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
    }
    return UUIDv7(at: now, random: words).description
  }
}
