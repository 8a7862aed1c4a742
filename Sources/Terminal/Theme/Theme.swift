/// How every slot looks.
package struct Theme: Hashable, Sendable {
  package var name: String
  package var title: String
  /// All slots; one that is missing looks like the terminal's own text.
  package var looks: [Slot: Look]

  package init(name: String, title: String, looks: [Slot: Look]) {
    self.name = name
    self.title = title
    self.looks = looks
  }

  /// The look of a style: its slot's with its own emphasis added. A slot without a background stands on that
  /// of `text`, or on the other slot's that the style names; one with its own keeps it, so that a page is loud
  /// in a selected row too. On a reversed background (themes without colour) it is reversed once more.
  package func look(of style: Style) -> Look {
    let ground = looks[.text]?.background
    var look = looks[style.slot] ?? Look()
    if look.background == nil { look.background = ground }
    look.bold = look.bold || style.bold
    look.underline = look.underline || style.underline
    look.reverse = look.reverse != style.reverse
    if let other = style.background.flatMap({ looks[$0] }) {
      let hasOwn = look.background != nil && look.background != .terminal && look.background != ground
      if !hasOwn { look.background = other.background ?? ground }
      look.bold = look.bold || other.bold
      look.underline = look.underline || other.underline
      look.reverse = look.reverse != other.reverse
    }
    return look
  }
}

extension Theme {
  /// The themes that need no file.
  package static let compiledIn = [dark, none]

  /// For a terminal without colours and for `NO_COLOR`: bold, underline and reverse only.
  package static let none = Theme(
    name: "none", title: "No colour",
    looks: [
      .text: Look(), .dim: Look(), .strong: Look(bold: true), .rule: Look(), .selection: Look(reverse: true),
      .key: Look(bold: true), .match: Look(underline: true), .input: Look(underline: true),
      .page: Look(bold: true, reverse: true), .warn: Look(bold: true), .info: Look(), .pending: Look(),
      .up: Look(), .down: Look(bold: true, underline: true), .unknown: Look(underline: true),
      .maintenance: Look(), .done: Look(), .due: Look(bold: true), .overdue: Look(bold: true, reverse: true),
      .public: Look(bold: true, reverse: true), .internal: Look(), .added: Look(bold: true),
      .removed: Look(underline: true), .threshold: Look(), .chart0: Look(), .chart1: Look(bold: true),
      .chart2: Look(underline: true), .chart3: Look(), .chart4: Look(bold: true),
      .chart5: Look(underline: true),
    ])

  /// The default, on the terminal's own background.
  package static let dark = Theme(
    name: "dark", title: "Dark",
    looks: [
      .text: Look(.terminal), .dim: Look(.indexed(245)), .strong: Look(.terminal, bold: true),
      .rule: Look(.indexed(240)), .selection: Look(on: .rgb(0x2B, 0x3A, 0x55)),
      .key: Look(.rgb(0x7F, 0xB4, 0xE6), bold: true), .match: Look(.terminal, bold: true, underline: true),
      .input: Look(.terminal, on: .indexed(236)),
      .page: Look(.rgb(0xFF, 0xFF, 0xFF), on: .rgb(0xB4, 0x1E, 0x2D), bold: true),
      .warn: Look(.rgb(0xF2, 0xB1, 0x34), bold: true), .info: Look(.rgb(0x7F, 0xB4, 0xE6)),
      .pending: Look(.rgb(0xC8, 0xB4, 0x8A)), .up: Look(.rgb(0x6F, 0xBF, 0x8B)),
      .down: Look(.rgb(0xFF, 0x6B, 0x6B), bold: true), .unknown: Look(.rgb(0xD6, 0x9C, 0xE8)),
      .maintenance: Look(.rgb(0x8F, 0x9B, 0xB3)), .done: Look(.rgb(0x6F, 0xBF, 0x8B)),
      .due: Look(.rgb(0xF2, 0xB1, 0x34), bold: true),
      .overdue: Look(.rgb(0xFF, 0xFF, 0xFF), on: .rgb(0xB4, 0x1E, 0x2D), bold: true),
      .public: Look(.rgb(0x1C, 0x1C, 0x1C), on: .rgb(0xF2, 0xB1, 0x34), bold: true),
      .internal: Look(.indexed(245)), .added: Look(.rgb(0x6F, 0xBF, 0x8B)),
      .removed: Look(.rgb(0xFF, 0x6B, 0x6B)), .threshold: Look(.indexed(245)),
      .chart0: Look(.rgb(0x7F, 0xB4, 0xE6)), .chart1: Look(.rgb(0xF2, 0xB1, 0x34)),
      .chart2: Look(.rgb(0x6F, 0xBF, 0x8B)), .chart3: Look(.rgb(0xD6, 0x9C, 0xE8)),
      .chart4: Look(.rgb(0xFF, 0x8C, 0x7A)), .chart5: Look(.indexed(250)),
    ])
}
