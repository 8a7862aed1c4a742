internal import Values

/// Reads performance data item by item; what is none is passed over up to the next blank.
struct PluginFigureReader {
  private let characters: [Character]
  private var index = 0

  init(_ text: String) {
    characters = Array(text)
  }

  private var next: Character? { index < characters.count ? characters[index] : nil }

  /// All figures, each label once, and what is none.
  mutating func readAll(limit: Int) -> (figures: [PluginFigure], unread: [String]) {
    var figures: [PluginFigure] = []
    var unread: [String] = []
    var seen: Set<String> = []
    while true {
      while next?.isWhitespace ?? false { index += 1 }
      guard next != nil, figures.count < limit, unread.count < limit else { return (figures, unread) }
      let start = index
      if let figure = readFigure(), seen.insert(figure.label).inserted {
        figures.append(figure)
      } else {
        if index == start { index += 1 }
        while let next, !next.isWhitespace { _ = next; index += 1 }
        unread.append(String(characters[start..<index]))
      }
    }
  }

  private mutating func readFigure() -> PluginFigure? {
    guard let label = readLabel(), next == "=" else { return nil }
    index += 1
    var fields: [String] = [""]
    while let next, !next.isWhitespace {
      index += 1
      if next == ";" { fields.append("") } else { fields[fields.count - 1].append(next) }
    }
    return Self.figure(label, fields)
  }

  /// In single quotes, where two stand for one, or everything up to the `=`.
  private mutating func readLabel() -> String? {
    var label = ""
    if next == "'" {
      index += 1
      while let next {
        index += 1
        if next == "'" {
          guard self.next == "'" else { return label.isEmpty ? nil : label }
          index += 1
        }
        label.append(next)
      }
      return nil
    }
    // Not as the guidelines have it, but as plugins print it: a bare label with blanks in it.
    let start = index
    while let next, next != "=" { label.append(next); index += 1 }
    guard next == "=", !label.isEmpty, !label.contains(where: \.isWhitespace) else {
      index = start
      return nil
    }
    return label
  }

  private static func figure(_ label: String, _ fields: [String]) -> PluginFigure? {
    guard let first = fields.first else { return nil }
    let digits = first.prefix { isPartOfNumber($0) }
    var (number, rest) = (String(digits), String(first.dropFirst(digits.count)))
    // `1e3` is a number, and the e of `1e` begins a unit.
    if Double(number) == nil, let mark = number.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      rest = number[mark...] + rest
      number = String(number[..<mark])
    }
    let isUnknown = number.isEmpty && rest == "U"
    guard isUnknown || Double(number)?.isFinite ?? false, rest.count <= 20 else { return nil }
    let unit = PluginFigure.Unit(isUnknown ? "" : rest)
    func scaled(_ text: String) -> Double? {
      let number = Double(text.prefix { isPartOfNumber($0) }).map(unit.scaled)
      return number.flatMap { $0.isFinite ? $0 : nil }
    }
    func field(_ place: Int) -> String? {
      fields.indices.contains(place) && !fields[place].isEmpty ? fields[place] : nil
    }
    return PluginFigure(
      label: label, value: isUnknown ? nil : Double(number).map(unit.scaled), unit: unit,
      warning: field(1).flatMap { range($0, scaled) }, critical: field(2).flatMap { range($0, scaled) },
      minimum: field(3).flatMap(scaled), maximum: field(4).flatMap(scaled))
  }

  /// `10`, `10:`, `~:10`, `10:20`, `@10:20`; nil for what is none.
  private static func range(_ text: String, _ number: (String) -> Double?) -> PluginFigure.Range? {
    var range = PluginFigure.Range()
    range.isInside = text.hasPrefix("@")
    let parts = text.drop { $0 == "@" }.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first else { return nil }
    guard parts.count == 2, let last = parts.last else {
      range.upper = number(String(first))
      return range.upper == nil ? nil : range
    }
    if first != "~" { range.lower = number(String(first)) }
    if !last.isEmpty { range.upper = number(String(last)) }
    return range.lower == nil && range.upper == nil ? nil : range
  }

  private static func isPartOfNumber(_ character: Character) -> Bool {
    character.isASCII && (character.isNumber || "+-.eE".contains(character))
  }
}
