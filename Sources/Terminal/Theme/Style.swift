/// How a cell is drawn, in words of meaning: a slot, and optionally emphasis and another slot's background.
package struct Style: Hashable, Sendable {
  package var slot: Slot
  package var bold: Bool
  package var underline: Bool
  package var reverse: Bool
  /// Takes the background of this slot instead of its own: the selected row keeps each word's colour.
  package var background: Slot?

  package init(
    _ slot: Slot = .text, bold: Bool = false, underline: Bool = false, reverse: Bool = false,
    background: Slot? = nil
  ) {
    self.slot = slot
    self.bold = bold
    self.underline = underline
    self.reverse = reverse
    self.background = background
  }

  /// The same on the background of a selected row.
  package var selected: Style { on(.selection) }

  /// The same on the background of `slot`.
  package func on(_ slot: Slot?) -> Style {
    var style = self
    style.background = slot
    return style
  }
}

extension Style {
  package static let text = Style(.text)
  package static let dim = Style(.dim)
  package static let strong = Style(.strong)
  package static let rule = Style(.rule)
  package static let selection = Style(.selection)
  package static let key = Style(.key)
  package static let match = Style(.match)
  package static let input = Style(.input)
  package static let page = Style(.page)
  package static let warn = Style(.warn)
  package static let info = Style(.info)
  package static let pending = Style(.pending)
  package static let up = Style(.up)
  package static let down = Style(.down)
  package static let unknown = Style(.unknown)
  package static let maintenance = Style(.maintenance)
  package static let done = Style(.done)
  package static let due = Style(.due)
  package static let overdue = Style(.overdue)
  package static let added = Style(.added)
  package static let removed = Style(.removed)
}
