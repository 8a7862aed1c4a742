internal import Values

/// What one cell can hold of a text: a spacing scalar with up to four combining marks, as ncurses draws it.
package struct Glyph: Hashable, Sendable {
  package var text: String
  /// 1 or 2 columns.
  package let width: Int

  /// Combining marks a cell keeps (CCHARW_MAX − 1 of ncurses); more are left away.
  static let maximumMarks = 4
}

extension StringProtocol {
  /// This text, made inert, cell by cell.
  ///
  /// Joined emoji (families, skin tones) become their first picture and flags their two letters, because
  /// terminals disagree about the width of the rest; variation selectors go. A mark with nothing before it
  /// stands on a space. O(n).
  package var glyphs: [Glyph] {
    let plain = String(self)
    if plain.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      return plain.unicodeScalars.map { Glyph(text: String($0), width: 1) }
    }
    var reader = GlyphReader()
    for scalar in Inert.terminal(plain).unicodeScalars { reader.take(scalar) }
    return reader.glyphs
  }

  /// Columns that this text takes on a screen. O(n).
  package var displayWidth: Int {
    let bytes = utf8
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return bytes.count }
    return glyphs.reduce(0) { $0 + $1.width }
  }
}

/// Groups scalars into glyphs.
private struct GlyphReader {
  private(set) var glyphs: [Glyph] = []
  private var marks = 0
  private var afterJoiner = false

  mutating func take(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x200D:
      afterJoiner = true
      return
    case 0xFE00...0xFE0F:
      return
    case 0x1F3FB...0x1F3FF where glyphs.last?.width == 2:
      return
    case 0x1F1E6...0x1F1FF:
      append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0x1F1E6 + 0x41)), width: 1)
      return
    default: break
    }
    let width = WidthTable.width(of: scalar)
    let joined = afterJoiner && scalar.properties.isEmoji && glyphs.last != nil
    afterJoiner = false
    if joined { return }
    if width > 0 { append(scalar, width: width) } else { attach(scalar) }
  }

  private mutating func append(_ scalar: Unicode.Scalar, width: Int) {
    glyphs.append(Glyph(text: String(scalar), width: width))
    marks = 0
    afterJoiner = false
  }

  private mutating func attach(_ mark: Unicode.Scalar) {
    if glyphs.isEmpty { append(" ", width: 1) }
    guard marks < Glyph.maximumMarks else { return }
    glyphs[glyphs.count - 1].text.unicodeScalars.append(mark)
    marks += 1
  }
}
