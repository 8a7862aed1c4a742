package import Values

/// A row of small bars, the newest on the right.
package struct Sparkline: Hashable, Sendable {
  package enum Point: Hashable, Sendable {
    case value(Double)
    /// Nothing was measured: a gap.
    case missing
    /// What was observed is no number: a failed probe's `✖`.
    case sign(Sign, Style)
  }

  package var points: [Point]
  /// What the lowest and the highest bar stand for; nil: see ``init(_:range:)-``.
  package var range: ClosedRange<Double>?

  /// Without a `range` the lowest bar is the smallest value, and the highest the largest or, when all are
  /// alike, half of the largest above the smallest: so noise stays low and a doubling stands out.
  package init(_ points: [Point], range: ClosedRange<Double>? = nil) {
    self.points = points
    self.range = range
  }

  /// Values, nil for a gap.
  package init(_ values: [Double?], range: ClosedRange<Double>? = nil) {
    self.init(values.map { $0.map(Point.value) ?? .missing }, range: range)
  }

  /// Exactly `width` columns: the newest points, blank on the left when there are fewer.
  package func spans(width: Int, mode: GraphMode = .block, style: Style = .text) -> [(String, Style)] {
    guard width > 0 else { return [] }
    let cells =
      mode == .braille ? braille(width) : single(width, bars: mode == .ascii ? Self.ascii : Self.blocks)
    let padding = Array(repeating: (" ", style), count: max(0, width - cells.count))
    return (padding + cells.map { ($0.text, $0.style ?? style) }).joinedByStyle
  }

  /// As ``spans(width:mode:style:)``, without styles.
  package func text(width: Int, mode: GraphMode = .block) -> String {
    spans(width: width, mode: mode).map(\.0).joined()
  }

  private typealias Drawn = (text: String, style: Style?)

  private static let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let ascii = ["_", ".", ":", "-", "=", "+", "*", "#"]

  private func single(_ width: Int, bars: [String]) -> [Drawn] {
    let shown = points.suffix(width)
    let scale = scale(of: shown)
    return shown.map { point -> Drawn in
      switch point {
      case .missing: (" ", nil)
      case .sign(let sign, let style): (sign.glyph, style)
      case .value(let value):
        scale.level(of: value, of: bars.count).map { (bars[$0], nil) } ?? (" ", nil)
      }
    }
  }

  /// Dots of the left and of the right column, from the bottom, as bits of U+2800.
  private static let leftDots: [UInt32] = [0x40, 0x44, 0x46, 0x47]
  private static let rightDots: [UInt32] = [0x80, 0xA0, 0xB0, 0xB8]

  private func braille(_ width: Int) -> [Drawn] {
    var shown = Array(points.suffix(width * 2))
    if !shown.count.isMultiple(of: 2) { shown.insert(.missing, at: 0) }
    let scale = scale(of: shown[...])
    return stride(from: 0, to: shown.count, by: 2).map { index -> Drawn in
      var bits: UInt32 = 0
      for (point, dots) in [(shown[index], Self.leftDots), (shown[index + 1], Self.rightDots)] {
        switch point {
        case .missing: break
        case .sign(let sign, let style): return (sign.glyph, style)
        case .value(let value): if let level = scale.level(of: value, of: 4) { bits |= dots[level] }
        }
      }
      return (bits == 0 ? " " : String(Unicode.Scalar(0x2800 + bits) ?? " "), nil)
    }
  }

  private func scale(of shown: ArraySlice<Point>) -> Scale {
    if let range { return Scale(low: range.lowerBound, high: range.upperBound) }
    let values = shown.compactMap { point -> Double? in
      if case .value(let value) = point, value.isFinite { return value }
      return nil
    }
    guard let low = values.min(), let high = values.max() else { return Scale(low: 0, high: 1) }
    return Scale(low: low, high: max(high, low + abs(high) / 2))
  }
}

extension [(String, Style)] {
  /// Neighbours of one style as one piece.
  package var joinedByStyle: [(String, Style)] {
    var joined: [(String, Style)] = []
    for (text, style) in self {
      if let last = joined.last, last.1 == style {
        joined[joined.count - 1].0 += text
      } else {
        joined.append((text, style))
      }
    }
    return joined
  }

  /// Columns of all pieces together.
  package var displayWidth: Int { reduce(0) { $0.addingSaturating($1.0.displayWidth) } }
}
