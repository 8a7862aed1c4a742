extension Theme {
  /// A theme file that reads back as this theme: for `theme show`, and to begin one's own with.
  package var yaml: String {
    var lines = ["title: \(title)", "inherits: none", "slots:"]
    for slot in Slot.allCases where !slot.name.hasPrefix("chart") {
      lines.append("  \(slot.name): \((looks[slot] ?? Look()).yaml)")
    }
    lines.append("  chart:")
    for index in 0..<6 { lines.append("    - \((looks[.chart(series: index)] ?? Look()).yaml)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Look {
  fileprivate var yaml: String {
    var parts: [String] = []
    if let foreground { parts.append("fg: \(foreground.yaml)") }
    if let background { parts.append("bg: \(background.yaml)") }
    if bold { parts.append("bold: true") }
    if underline { parts.append("underline: true") }
    if reverse { parts.append("reverse: true") }
    if parts.count == 1, let foreground { return foreground.yaml }
    return "{\(parts.joined(separator: ", "))}"
  }
}

extension Colour {
  fileprivate var yaml: String {
    if case .rgb = self { return "\"\(self)\"" }
    return description
  }
}
