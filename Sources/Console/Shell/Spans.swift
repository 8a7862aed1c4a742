import Terminal

/// Pieces of one line, each in its style.
typealias Spans = [(String, Style)]

/// A piece of a line that goes when room is short: the highest `drop` first, 0 never.
struct Segment {
  var spans: Spans
  var drop: Int

  init(_ spans: Spans, drop: Int = 0) {
    self.spans = spans
    self.drop = drop
  }

  /// Those that fit into `width` with `gap` blanks between them.
  static func fit(_ segments: [Segment], width: Int, gap: Int = 2) -> [Segment] {
    var kept = segments.filter { !$0.spans.isEmpty }
    func needed() -> Int {
      kept.reduce(max(0, kept.count - 1) * gap) { $0.addingSaturating($1.spans.displayWidth) }
    }
    while needed() > width, let worst = kept.map(\.drop).max(), worst > 0,
      let index = kept.lastIndex(where: { $0.drop == worst })
    {
      kept.remove(at: index)
    }
    return kept
  }
}

extension Frame {
  /// Draws segments from `x` to the right, `gap` blanks apart; returns the column after the last.
  @discardableResult
  mutating func put(_ segments: [Segment], x: Int, in line: Rect, gap: Int = 2) -> Int {
    var x = x
    for (index, segment) in segments.enumerated() {
      if index > 0 { x = x.addingSaturating(gap) }
      x = put(segment.spans, at: Point(x: x, y: line.y), clip: line)
    }
    return x
  }

  /// A sentence wrapped from the top left of `rect`, one blank in; returns the lines it took.
  @discardableResult
  mutating func paragraph(_ text: String, in rect: Rect, style: Style = .text) -> Int {
    let inner = rect.inset(left: 1, right: 1)
    let lines = text.wrapped(to: inner.width).prefix(inner.height)
    for (index, line) in lines.enumerated() {
      put(line, at: inner.line(index).origin, style: style, clip: inner)
    }
    return lines.count
  }
}
