/// Which characters graphs are drawn with; braille is missing from some fonts and is read aloud badly.
package enum GraphMode: String, Hashable, Sendable, CaseIterable {
  /// 2 × 4 dots a cell.
  case braille
  /// Eighths in sparklines, 2 × 2 dots a cell in charts.
  case block
  case ascii
}
