import Crypto

/// SHA-256 as text.
package enum HexDigest {
  /// Of bytes, as lower-case hex.
  package static func of(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
