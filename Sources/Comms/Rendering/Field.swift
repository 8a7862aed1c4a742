/// What a template's field is filled with.
package enum Field: Equatable, Sendable, ExpressibleByStringLiteral {
  case text(String)
  /// `{{#actions}}- {{.}}{{/actions}}`.
  case list([String])

  package init(stringLiteral value: String) {
    self = .text(value)
  }

  /// Whether there is nothing to show.
  package var isEmpty: Bool {
    switch self {
    case .text(let text): text.allSatisfy(\.isWhitespace)
    case .list(let items): items.isEmpty
    }
  }

  package var plain: String {
    switch self {
    case .text(let text): text
    case .list(let items): items.joined(separator: "; ")
    }
  }
}
