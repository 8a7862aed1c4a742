/// A metric's name and its labels, as a drill names a series: `pack_requests_total{code="200"}`.
package struct SeriesName: Hashable, Comparable, Sendable {
  package struct Label: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  package let metric: String
  /// Sorted by name; names are unique.
  package let labels: [Label]

  package static func < (a: Self, b: Self) -> Bool {
    if a.metric != b.metric { return a.metric < b.metric }
    return a.text() < b.text()
  }

  /// As the exposition format writes it, with `suffix` on the name and one more label after the others.
  package func text(suffix: String = "", adding extra: Label? = nil) -> String {
    let all = labels + (extra.map { [$0] } ?? [])
    guard !all.isEmpty else { return metric + suffix }
    let pairs = all.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
    return "\(metric)\(suffix){\(pairs.joined(separator: ","))}"
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
    return text
  }
}

/// Reading one, in the exposition format's syntax.
extension SeriesName {
  /// Nil when `text` is no series: names are `[a-zA-Z_:][a-zA-Z0-9_:]*`, label values stand in double quotes.
  package init?(_ text: String) {
    var rest = Substring(text)
    guard let metric = Self.name(from: &rest, colons: true) else { return nil }
    var labels: [Label] = []
    if rest.first == "{" {
      rest = rest.dropFirst()
      while rest.first != "}" {
        guard let name = Self.name(from: &rest, colons: false), rest.first == "=",
          let value = Self.quoted(from: &rest), !labels.contains(where: { $0.name == name })
        else { return nil }
        labels.append(Label(name: name, value: value))
        if rest.first == "," {
          rest = rest.dropFirst()
        } else if rest.first != "}" {
          return nil
        }
      }
      rest = rest.dropFirst()
    }
    guard rest.isEmpty else { return nil }
    self.metric = metric
    self.labels = labels.sorted { $0.name < $1.name }
  }

  private static func name(from rest: inout Substring, colons: Bool) -> String? {
    rest = rest.drop { $0 == " " }
    let name = rest.prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || (colons && $0 == ":"))
    }
    guard let first = name.first, !first.isNumber else { return nil }
    rest = rest.dropFirst(name.count).drop { $0 == " " }
    return String(name)
  }

  /// The value after `=`, and the quotes and blanks around it.
  private static func quoted(from rest: inout Substring) -> String? {
    var left = rest.dropFirst().drop { $0 == " " }
    guard left.first == "\"" else { return nil }
    left = left.dropFirst()
    var value = ""
    while let character = left.first {
      left = left.dropFirst()
      switch character {
      case "\"":
        rest = left.drop { $0 == " " }
        return value
      case "\\":
        guard let escaped = left.first else { return nil }
        left = left.dropFirst()
        value.append(escaped == "n" ? "\n" : escaped)
      default: value.append(character)
      }
    }
    return nil
  }
}
