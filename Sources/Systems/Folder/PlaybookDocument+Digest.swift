import Playbooks

extension PlaybookDocument {
  /// SHA-256 of the text's bytes in lower-case hexadecimal: what a run names its snapshot by. O(n).
  package var digest: String {
    HexDigest.of(Array(text.utf8))
  }
}
