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
  /// With 16 colours or fewer a background that would come out as black, grey or white is likely the
  /// terminal's own and not to be seen: such a one becomes reverse.
  package func drawn(ofColours colours: Int) -> Drawn {
    var drawn = Drawn(
      foreground: foreground?.number(ofColours: colours) ?? -1,
      background: background?.number(ofColours: colours) ?? -1, bold: bold, underline: underline,
      reverse: reverse)
    if colours <= 16, let background, background != .terminal, [-1, 0, 7, 8, 15].contains(drawn.background) {
      drawn.background = -1
      drawn.foreground = -1
      drawn.reverse = true
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
