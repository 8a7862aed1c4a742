extension StringProtocol {
  /// This text in lines of at most `width` columns, broken at spaces where it can be, else inside a word.
  /// Line ends in the text stay; spaces at a break are dropped. Never empty; a width below 1 counts as 1.
  package func wrapped(to width: Int) -> [String] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .flatMap { String($0).wrappedLine(to: Swift.max(1, width)) }
  }
}

extension String {
  fileprivate func wrappedLine(to width: Int) -> [String] {
    let glyphs = self.glyphs
    guard !glyphs.isEmpty else { return [""] }
    var lines: [String] = []
    var start = 0
    while start < glyphs.count {
      var end = start
      var used = 0
      var breakAt: Int?
      while end < glyphs.count, used + glyphs[end].width <= width {
        if glyphs[end].text == " ", end > start { breakAt = end }
        used += glyphs[end].width
        end += 1
      }
      if end >= glyphs.count {
        lines.append(glyphs[start...].map(\.text).joined())
        break
      }
      if glyphs[end].text == " " { breakAt = end }
      // A character wider than the line stands alone and is clipped where it is drawn.
      let stop = breakAt ?? max(end, start + 1)
      lines.append(glyphs[start..<stop].map(\.text).joined())
      start = stop
      if breakAt != nil {
        while start < glyphs.count, glyphs[start].text == " " { start += 1 }
      }
    }
    return lines
  }
}
