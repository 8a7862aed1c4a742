import Terminal

extension [(String, Style)] {
  /// These pieces in lines of at most `width` columns, broken at blanks where that is possible; line ends stay.
  func wrapped(to width: Int) -> [Spans] {
    let width = Swift.max(1, width)
    var lines: [Spans] = [[]]
    var room = width
    var gap: (String, Style)?
    func piece(_ text: String, _ style: Style, _ columns: Int) {
      if let last = lines[lines.count - 1].last, last.1 == style {
        lines[lines.count - 1][lines[lines.count - 1].count - 1].0 = last.0 + text
      } else {
        lines[lines.count - 1].append((text, style))
      }
      room -= columns
    }
    func breakLine() {
      lines.append([])
      (room, gap) = (width, nil)
    }
    for word in words {
      if word.isLineEnd {
        breakLine()
        continue
      }
      let columns = word.spans.displayWidth
      if word.isBlank {
        if room < width { gap = word.spans.first }
        continue
      }
      if columns + (gap == nil ? 0 : 1) > room, room < width { breakLine() }
      if let space = gap { piece(" ", space.1, 1) }
      gap = nil
      for (text, style) in word.spans {
        for part in text.cutHard(first: room, width) {
          if part.displayWidth > room { breakLine() }
          piece(part, style, part.displayWidth)
        }
      }
    }
    return lines
  }

  private struct Word {
    var spans: Spans = []
    var isBlank = false
    var isLineEnd = false
  }

  /// Words, blanks and line ends; a word may be of several styles.
  private var words: [Word] {
    var words: [Word] = []
    for (text, style) in self {
      var rest = text[...]
      while let first = rest.first {
        if first.isNewline {
          words.append(Word(isLineEnd: true))
          rest.removeFirst()
          continue
        }
        let isBlank = first == " " || first == "\t"
        let part = rest.prefix { !$0.isNewline && ($0 == " " || $0 == "\t") == isBlank }
        rest = rest.dropFirst(part.count)
        if isBlank {
          words.append(Word(spans: [(" ", style)], isBlank: true))
        } else if let last = words.last, !last.isBlank, !last.isLineEnd {
          words[words.count - 1].spans.append((String(part), style))
        } else {
          words.append(Word(spans: [(String(part), style)]))
        }
      }
    }
    return words
  }
}

extension String {
  /// This line in pieces of at most `width` columns, every character kept: for text that is exact. It is cut behind a
  /// blank where one stands in the second half of a piece. Never empty.
  func cutHard(to width: Int) -> [String] {
    let width = Swift.max(1, width)
    guard displayWidth > width else { return [self] }
    var pieces: [String] = []
    var rest = glyphs[...]
    while !rest.isEmpty {
      var columns = 0
      let fitting = rest.prefix { glyph in
        columns += glyph.width
        return columns <= width
      }
      // One that is wider than the line stands alone.
      var piece = fitting.isEmpty ? rest.prefix(1) : fitting
      if piece.count < rest.count, let blank = piece.lastIndex(where: { $0.text == " " }),
        blank - piece.startIndex >= piece.count / 2
      {
        piece = piece[...blank]
      }
      pieces.append(piece.map(\.text).joined())
      rest = rest[piece.endIndex...]
    }
    return pieces
  }

  /// In pieces of at most `width` columns, the first in `first` columns; all of it when it fits.
  fileprivate func cutHard(first: Int, _ width: Int) -> [String] {
    let width = Swift.max(1, width)
    guard displayWidth > (first > 0 ? first : width) else { return [self] }
    var pieces = [""]
    var room = first > 0 ? first : width
    for glyph in glyphs {
      if glyph.width > room, !(pieces.last ?? "").isEmpty {
        pieces.append("")
        room = width
      }
      pieces[pieces.count - 1] += glyph.text
      room -= glyph.width
    }
    return pieces
  }
}
