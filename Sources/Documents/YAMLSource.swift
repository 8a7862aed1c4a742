import Synchronization
import Values

/// The text of a YAML file, to say where inside a scalar something stands: plain, quoted, folded or literal.
package struct YAMLSource: Sendable {
  private let lines: Lines

  /// O(1): the text is taken apart only when the first place is asked for.
  package init(_ text: String) {
    lines = Lines(text)
  }

  /// The place of the character number `offset` (Unicode scalars, from 0) of `text`, which is the scalar at `start`.
  ///
  /// White space aside, a scalar's characters stand in the file in the same order, whatever its style; so the
  /// n-th of one is the n-th of the other.
  package func position(ofScalar offset: Int, in text: String, at start: Position) -> Position {
    let scalars = Array(text.unicodeScalars)
    let before = scalars.prefix(max(0, offset)).count { !$0.properties.isWhitespace }
    let standsOnText = scalars.indices.contains(offset) && !scalars[offset].properties.isWhitespace
    var walk = Walk(lines: lines.split, start: start)
    var found = walk.next()
    var last: Position?
    for _ in 0..<before {
      guard let current = found else { break }
      last = current
      found = walk.next()
    }
    if standsOnText || last == nil { return found ?? last ?? start }
    return last.map { Position(line: $0.line, column: $0.column + 1) } ?? start
  }

  /// As ``position(ofScalar:in:at:)`` with the offset in UTF-8 bytes.
  package func position(ofByte offset: Int, in text: String, at start: Position) -> Position {
    let head = String(decoding: text.utf8.prefix(max(0, offset)), as: UTF8.self)
    return position(ofScalar: head.unicodeScalars.count, in: text, at: start)
  }
}

/// A text's lines, split once.
private final class Lines: Sendable {
  private let text: String
  private let known = Mutex<[[Unicode.Scalar]]?>(nil)

  init(_ text: String) {
    self.text = text
  }

  var split: [[Unicode.Scalar]] {
    known.withLock { known in
      if let known { return known }
      let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
      known = lines
      return lines
    }
  }
}

/// Walks over the characters of one scalar as the file has them, white space left out.
private struct Walk {
  private enum Style { case plain, single, double, block }

  private let lines: [[Unicode.Scalar]]
  private var line: Int
  private var column: Int
  private var style = Style.plain

  init(lines: [[Unicode.Scalar]], start: Position) {
    self.lines = lines
    line = start.line - 1
    column = start.column - 1
    skipProperties()
    switch current {
    case "'": style = .single
    case "\"": style = .double
    case "|", ">": style = .block
    default: return
    }
    if style == .block {
      line += 1
      column = 0
    } else {
      column += 1
    }
  }

  private var current: Unicode.Scalar? { scalar(at: column) }

  private func scalar(at index: Int) -> Unicode.Scalar? {
    guard lines.indices.contains(line), lines[line].indices.contains(index) else { return nil }
    return lines[line][index]
  }

  /// An anchor or a tag before the scalar.
  private mutating func skipProperties() {
    while let first = current, first == "&" || first == "!" {
      while let next = current, !next.properties.isWhitespace { column += 1 }
      while let next = current, next.properties.isWhitespace { column += 1 }
    }
  }

  /// The place of the next character that is no white space; nil behind the last line.
  mutating func next() -> Position? {
    while lines.indices.contains(line) {
      guard let scalar = current else {
        line += 1
        column = 0
        continue
      }
      if scalar.properties.isWhitespace {
        column += 1
        continue
      }
      let place = Position(line: line + 1, column: column + 1)
      switch (style, scalar) {
      case (.single, "'"): column += 2
      case (.double, "\\"):
        let escape = self.scalar(at: column + 1)
        column += 2 + (["x": 2, "u": 4, "U": 8][escape ?? " "] ?? 0)
        if escape == nil || "nrt \t_NLPv".unicodeScalars.contains(escape ?? "n") { continue }
      default: column += 1
      }
      return place
    }
    return nil
  }
}
