internal import Documents
internal import Values

/// Reads the `slots:` of a theme file.
struct ThemeSlots {
  private(set) var looks: [Slot: Look]
  private let palette: [String: Colour]
  /// Slots that are said to look like another, until all are read.
  private var aliases: [Slot: (target: Slot, position: Position)] = [:]

  init(inherited: [Slot: Look], palette: [String: Colour]) {
    looks = inherited
    self.palette = palette
  }

  /// Slots with a name in a file; `chart` is a list there.
  private static let named = Slot.allCases.filter { !$0.name.hasPrefix("chart") }

  mutating func read(_ section: YAMLReader, into reader: inout YAMLReader) {
    var section = section
    for slot in Self.named {
      guard let node = section.node(slot.name) else { continue }
      if let look = look(node, of: slot, in: &section) { looks[slot] = look }
    }
    for (index, node) in section.list("chart").enumerated() {
      guard index < 6 else {
        section.complain("chart has more than six colours", remedy: "leave six", at: node.position)
        break
      }
      let slot = Slot.chart(series: index)
      if let look = look(node, of: slot, in: &section) { looks[slot] = look }
    }
    resolveAliases(&section)
    reader.finish(section)
  }

  private mutating func look(_ node: YAMLNode, of slot: Slot, in section: inout YAMLReader) -> Look? {
    if node.entries != nil { return mapping(node, of: slot, in: &section) }
    guard let text = scalar(node, name: slot.name, in: &section) else { return nil }
    if let colour = palette[text] ?? Colour(text) { return Look(colour) }
    if let target = Slot(name: text) {
      aliases[slot] = (target, node.position)
      return nil
    }
    complain(slot.name, text, at: node.position, in: &section)
    return nil
  }

  private func mapping(_ node: YAMLNode, of slot: Slot, in section: inout YAMLReader) -> Look {
    var inner = section.reader(node, of: "the slot \(slot.name)")
    var colours: [String: Colour] = [:]
    for name in ["fg", "bg"] {
      guard let value = inner.node(name), let text = scalar(value, name: name, in: &inner) else { continue }
      colours[name] = palette[text] ?? Colour(text)
      if colours[name] == nil { complain(name, text, at: value.position, in: &inner) }
    }
    let look = Look(
      colours["fg"], on: colours["bg"], bold: inner.bool("bold") ?? false,
      underline: inner.bool("underline") ?? false, reverse: inner.bool("reverse") ?? false)
    section.finish(inner)
    return look
  }

  private func scalar(_ node: YAMLNode, name: String, in section: inout YAMLReader) -> String? {
    if node.isNull {
      section.complain(
        "\(name) has no value",
        remedy: "write a colour; \"#rrggbb\" needs its quotes, because # begins a comment", at: node.position)
      return nil
    }
    return section.string(node, name: name)
  }

  private func complain(
    _ name: String, _ text: String, at position: Position, in section: inout YAMLReader
  ) {
    let known = Array(palette.keys) + Self.named.map(\.name) + ["default"]
    let near = known.sorted().min { $0.editDistance(to: text) < $1.editDistance(to: text) }
    let hint = near.flatMap { $0.editDistance(to: text) <= 2 ? "did you mean \"\($0)\"?" : nil }
    section.complain(
      "\(name) is \"\(Inert.terminal(text))\", which is no colour, name of the palette or slot",
      remedy: hint ?? "write \"#rrggbb\", 0–255, default, a name of the palette or another slot", at: position
    )
  }

  private mutating func resolveAliases(_ section: inout YAMLReader) {
    for (slot, alias) in aliases.sorted(by: { $0.value.position < $1.value.position }) {
      var target = alias.target
      var visited: Set<Slot> = [slot]
      while let next = aliases[target], visited.insert(target).inserted { target = next.target }
      if visited.contains(target) {
        section.complain(
          "\(slot.name) looks like itself, by way of \(alias.target.name)",
          remedy: "give one of them a colour", at: alias.position)
      } else {
        looks[slot] = looks[target]
      }
    }
  }
}
