import JSON
import Values

extension JSONValue {
  /// What stands at a path such as `requester.email`, `tags`, `items.0.id`; nil when nothing does. A name with dots in
  /// it is found as a whole, too.
  package func at(_ place: String) -> JSONValue? {
    if let whole = self[place] { return whole }
    var value = self
    for name in ExchangeMapping.path(place) {
      if let index = Int(name), let elements = value.elements {
        guard elements.indices.contains(index) else { return nil }
        value = elements[index]
      } else {
        guard let next = value[name] else { return nil }
        value = next
      }
    }
    return value
  }

  /// A value as one text: lists by blanks, a time of Firestore as RFC 3339; nil for null and for what has no text.
  package var plainText: String? {
    switch self {
    case .null: return nil
    case .bool(let bool): return bool ? "true" : "false"
    case .number(let number): return Int64(exactly: number).map(String.init) ?? "\(number)"
    case .string(let text): return text
    case .array(let elements): return elements.compactMap(\.plainText).joined(separator: " ")
    case .object:
      guard let seconds = (self["_seconds"] ?? self["seconds"])?.number else { return nil }
      let nanoseconds = (self["_nanoseconds"] ?? self["nanoseconds"])?.number ?? 0
      return Int64(exactly: (seconds * 1000 + nanoseconds / 1_000_000).rounded(.down))
        .map { Instant(milliseconds: $0).rfc3339 }
    }
  }
}
