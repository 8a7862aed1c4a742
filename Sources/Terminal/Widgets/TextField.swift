/// One line that is being typed. The cursor stands between characters as a reader counts them. It may hold several lines
/// that were pasted: then it shows where each ends.
package struct TextField: Hashable, Sendable {
  package private(set) var characters: [Character] = []
  /// Characters before the cursor.
  package private(set) var cursor = 0
  private var history: [String]
  /// Which entry of the history is shown; its count while none is.
  private var recalled: Int
  private var unsent = ""
  private let keepsLines: Bool

  /// - Parameters:
  ///   - history: what Up and Down recall, oldest first.
  ///   - keepsLines: ends of lines stay what they are rather than becoming blanks.
  package init(_ text: String = "", history: [String] = [], keepsLines: Bool = false) {
    self.history = history
    self.keepsLines = keepsLines
    recalled = history.count
    self.text = text
  }

  /// The whole text; setting it puts the cursor at its end and drops control characters.
  package var text: String {
    get { String(characters) }
    set {
      characters = clean(newValue)
      cursor = characters.count
    }
  }

  package var isEmpty: Bool { characters.isEmpty }

  /// Takes characters, pastes (line ends become blanks, or stay) and the editing keys of a shell's line: arrows, Home,
  /// End, Backspace, Delete, Ctrl-A E B F D H K U W, Alt-B F.
  ///
  /// - Returns: whether the key was one of them; Enter, Esc and Tab never are.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert([character])
    case .paste(let text): insert(clean(text))
    case .left, .ctrl("b"): cursor = max(0, cursor - 1)
    case .right, .ctrl("f"): cursor = min(characters.count, cursor + 1)
    case .home, .ctrl("a"): cursor = 0
    case .end, .ctrl("e"): cursor = characters.count
    case .alt("b"): cursor = wordStart
    case .alt("f"): cursor = wordEnd
    case .backspace, .ctrl("h"): remove(from: max(0, cursor - 1), to: cursor)
    case .delete, .ctrl("d"): remove(from: cursor, to: min(characters.count, cursor + 1))
    case .ctrl("u"): remove(from: 0, to: cursor)
    case .ctrl("k"): remove(from: cursor, to: characters.count)
    case .ctrl("w"): remove(from: wordStart, to: cursor)
    case .up where !history.isEmpty: recall(recalled - 1)
    case .down where !history.isEmpty: recall(recalled + 1)
    default: return false
    }
    return true
  }

  /// Draws the part around the cursor over the first line of `rect`, and the cursor.
  package func draw(
    in frame: inout Frame, _ rect: Rect, style: Style = .input, placeholder: String = "",
    isFocused: Bool = true
  ) {
    let line = rect.line(0)
    guard !line.isEmpty else { return }
    frame.fill(line, style: style)
    if isEmpty { frame.put(placeholder, at: line.origin, style: .dim, clip: line) }
    let drawn = characters.map { $0 == "\n" ? Self.lineEnd : $0 }
    let before = String(drawn[..<cursor]).glyphs
    // The cursor itself needs a column; text scrolls left by whole characters to give it one.
    var width = before.reduce(0) { $0 + $1.width }
    var hidden = 0
    while width >= line.width, hidden < before.count {
      width -= before[hidden].width
      hidden += 1
    }
    let shown = (before.dropFirst(hidden).map(\.text) + [String(drawn[cursor...])]).joined()
    frame.put(shown, at: line.origin, style: style, clip: line)
    if isFocused { frame.cursor = Point(x: line.x.addingSaturating(width), y: line.y) }
  }

  private mutating func insert(_ added: [Character]) {
    characters.insert(contentsOf: added, at: cursor)
    (characters, cursor) = characters.rejoined(cursor: cursor + added.count)
  }

  private mutating func remove(from start: Int, to end: Int) {
    characters.removeSubrange(start..<end)
    (characters, cursor) = characters.rejoined(cursor: start)
  }

  private mutating func recall(_ place: Int) {
    guard (0...history.count).contains(place), place != recalled else { return }
    if recalled == history.count { unsent = text }
    recalled = place
    text = place < history.count ? history[place] : unsent
  }

  private var wordStart: Int {
    var place = cursor
    while place > 0, characters[place - 1].isWhitespace { place -= 1 }
    while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
    return place
  }

  private var wordEnd: Int {
    var place = cursor
    while place < characters.count, characters[place].isWhitespace { place += 1 }
    while place < characters.count, !characters[place].isWhitespace { place += 1 }
    return place
  }

  /// How the end of a line is shown.
  private static let lineEnd: Character = "↵"

  private func clean(_ text: String) -> [Character] {
    text.compactMap { character in
      if character.isNewline, keepsLines { return "\n" }
      if character.isNewline || character == "\t" { return " " }
      return character.unicodeScalars.contains { $0.properties.generalCategory == .control } ? nil : character
    }
  }
}
