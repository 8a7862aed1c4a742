import Crypto

/// SHA-256, for texts that events name without repeating them.
package enum TextDigest {
  /// Lower-case hex.
  package static func sha256(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hex }
}
