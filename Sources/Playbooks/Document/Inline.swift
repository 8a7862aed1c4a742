/// A run of text in one style, as it stands in a paragraph, a heading or a cell.
package struct Inline: Equatable, Sendable {
  package struct Style: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let code = Style(rawValue: 1)
    package static let strong = Style(rawValue: 2)
    package static let emphasis = Style(rawValue: 4)
    package static let strike = Style(rawValue: 8)
  }

  /// Line ends of the source stay as `\n`.
  package var text: String
  package var style: Style
  /// Where it leads, when it is a link or an image.
  package var link: String?

  package init(_ text: String, style: Style = [], link: String? = nil) {
    self.text = text
    self.style = style
    self.link = link
  }
}

extension [Inline] {
  /// The text alone, on one line.
  package var plain: String {
    map(\.text).joined().split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// The text on one line, code in its backticks as in the source.
  package var marked: String {
    map { $0.style.contains(.code) ? "`\($0.text)`" : $0.text }.joined()
      .split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// Every piece of inline code, in order.
  package var codes: [String] { filter { $0.style.contains(.code) }.map(\.text) }

  /// Split where the source had line ends; never empty.
  package var lines: [[Inline]] {
    var lines: [[Inline]] = [[]]
    for span in self {
      let parts = span.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      for (index, part) in parts.enumerated() {
        if index > 0 { lines.append([]) }
        guard !part.isEmpty else { continue }
        lines[lines.count - 1].append(Inline(String(part), style: span.style, link: span.link))
      }
    }
    return lines
  }
}
