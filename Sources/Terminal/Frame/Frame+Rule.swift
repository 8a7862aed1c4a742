extension Frame {
  /// The thin line between panes: `── title ── more ─────── right ──`, over `rect`'s first line.
  ///
  /// Segments that do not fit are dropped from the last; the first is shortened in the middle; `right` goes
  /// before any segment but the first.
  package mutating func rule(
    _ rect: Rect, title segments: [[(String, Style)]], right: [(String, Style)] = []
  ) {
    let line = rect.line(0).intersection(bounds)
    guard !line.isEmpty else { return }
    fill(line, with: "─", style: .rule)
    func width(_ spans: [(String, Style)]) -> Int {
      spans.reduce(0) { $0.addingSaturating($1.0.displayWidth) }
    }
    var x = line.x.addingSaturating(2)
    let end = line.right.subtractingSaturating(1)
    for (number, segment) in segments.enumerated() {
      let room = end.subtractingSaturating(x)
      let needed = width(segment).addingSaturating(2)
      guard needed <= room || (number == 0 && room > 4) else { break }
      x = put(" ", at: Point(x: x, y: line.y), clip: line)
      if needed <= room {
        x = put(segment, at: Point(x: x, y: line.y), clip: line)
      } else {
        let text = segment.map(\.0).joined().truncatedMiddle(to: room - 2)
        x = put(text, at: Point(x: x, y: line.y), style: segment.first?.1 ?? .text, clip: line)
      }
      x = put(" ", at: Point(x: x, y: line.y), clip: line)
      x = x.addingSaturating(2)
    }
    let needed = width(right).addingSaturating(2)
    guard !right.isEmpty, x.addingSaturating(needed) < end else { return }
    x = put(" ", at: Point(x: end - 1 - needed, y: line.y), clip: line)
    x = put(right, at: Point(x: x, y: line.y), clip: line)
    put(" ", at: Point(x: x, y: line.y), clip: line)
  }

  /// A rule over the whole width of line `y`, one text a segment.
  package mutating func rule(y: Int, title segments: [String], right: String = "") {
    rule(
      Rect(x: 0, y: y, width: size.width, height: y >= 0 && y < size.height ? 1 : 0),
      title: segments.map { [($0, Style.strong)] }, right: right.isEmpty ? [] : [(right, .dim)])
  }

  /// A thin line from top to bottom, one column wide.
  package mutating func verticalRule(x: Int, y: Int, height: Int) {
    fill(Rect(x: x, y: y, width: 1, height: height), with: "│", style: .rule)
  }
}
