extension StringProtocol {
  /// The beginning, marked `…` when something was cut; at most `width` columns.
  package func truncatedEnd(to width: Int) -> String {
    fitted(to: width) { glyphs, room in glyphs.prefixFitting(room).joinedText + "…" }
  }

  /// The end, marked `…` when something was cut; for numbers and paths.
  package func truncatedStart(to width: Int) -> String {
    fitted(to: width) { glyphs, room in "…" + glyphs.suffixFitting(room).joinedText }
  }

  /// Beginning and end, with `…` between them when something was cut: names differ at both.
  package func truncatedMiddle(to width: Int) -> String {
    fitted(to: width) { glyphs, room in
      let head = glyphs.prefixFitting((room + 1) / 2)
      let used = head.reduce(0) { $0 + $1.width }
      return head.joinedText + "…" + glyphs.dropFirst(head.count).suffixFitting(room - used).joinedText
    }
  }

  /// Blanks on the right up to `width` columns; longer text is cut in the middle.
  package func paddedRight(to width: Int) -> String {
    let text = truncatedMiddle(to: width)
    return text + String(repeating: " ", count: Swift.max(0, width - text.displayWidth))
  }

  /// Blanks on the left up to `width` columns; of longer text the end stays.
  package func paddedLeft(to width: Int) -> String {
    let text = truncatedStart(to: width)
    return String(repeating: " ", count: Swift.max(0, width - text.displayWidth)) + text
  }

  private func fitted(to width: Int, _ cut: (ArraySlice<Glyph>, Int) -> String) -> String {
    guard width > 0 else { return "" }
    let glyphs = self.glyphs[...]
    if glyphs.reduce(0, { $0 + $1.width }) <= width { return glyphs.joinedText }
    return cut(glyphs, width - 1)
  }
}

extension ArraySlice<Glyph> {
  fileprivate var joinedText: String { map(\.text).joined() }

  /// As many from the front as fit into `width` columns.
  fileprivate func prefixFitting(_ width: Int) -> ArraySlice<Glyph> {
    var room = width
    return prefix { glyph in
      room -= glyph.width
      return room >= 0
    }
  }

  /// As many from the back as fit into `width` columns.
  fileprivate func suffixFitting(_ width: Int) -> ArraySlice<Glyph> {
    var room = width
    var start = endIndex
    while start > startIndex {
      room -= self[start - 1].width
      if room < 0 { break }
      start -= 1
    }
    return self[start...]
  }
}
