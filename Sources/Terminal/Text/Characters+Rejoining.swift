extension [Character] {
  /// These characters counted anew, and a cursor among them.
  ///
  /// What stood apart may belong together after an edit: a mark and the letter now before it, two halves of a
  /// flag, pictures around a joiner. O(n).
  func rejoined(cursor: Int) -> (characters: [Character], cursor: Int) {
    let place = Swift.min(Swift.max(0, cursor), count)
    let characters = Array(String(self))
    return (characters, Swift.min(String(self[..<place]).count, characters.count))
  }
}
