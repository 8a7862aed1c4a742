/// How something looks: colours, nil where none is said, and emphasis.
package struct Look: Hashable, Sendable {
  package var foreground: Colour?
  package var background: Colour?
  package var bold: Bool
  package var underline: Bool
  package var reverse: Bool

  package init(
    _ foreground: Colour? = nil, on background: Colour? = nil, bold: Bool = false, underline: Bool = false,
    reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.underline = underline
    self.reverse = reverse
  }
}

extension Look {
  /// What a terminal of `colours` colours is told: colour numbers (−1 its own) and emphasis.
  ///
  /// With 16 colours or fewer black, grey and white may be the terminal's own ground, on which nothing of them
  /// is to be seen: such a background becomes reverse, and such a foreground without a background its own.
  package func drawn(ofColours colours: Int) -> Drawn {
    var drawn = Drawn(
      foreground: foreground?.number(ofColours: colours) ?? -1,
      background: background?.number(ofColours: colours) ?? -1, bold: bold, underline: underline,
      reverse: reverse)
    guard colours <= 16 else { return drawn }
    let greys = [-1, 0, 7, 8, 15]
    if let background, background != .terminal, greys.contains(drawn.background) {
      (drawn.foreground, drawn.background, drawn.reverse) = (-1, -1, true)
    } else if drawn.background == -1, greys.contains(drawn.foreground) {
      drawn.foreground = -1
    }
    return drawn
  }

  /// A look in one terminal's numbers.
  package struct Drawn: Hashable, Sendable {
    package var foreground: Int
    package var background: Int
    package var bold: Bool
    package var underline: Bool
    package var reverse: Bool
  }
}
