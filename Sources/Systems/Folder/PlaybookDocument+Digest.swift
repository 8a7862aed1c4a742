import Crypto
import Playbooks

extension PlaybookDocument {
  /// SHA-256 of the text's bytes in lower-case hexadecimal: what a run names its snapshot by. O(n).
  package var digest: String {
    SHA256.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
