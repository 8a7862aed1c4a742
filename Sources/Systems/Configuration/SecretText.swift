import Values

/// Text that may contain secrets: `${NOVA_TOKEN}`. Its description shows them as `•••`.
package struct SecretText: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case text(String)
    case secret(String)
  }

  let parts: [Part]
  /// Whether it is a URL, in which a secret is encoded as its place there wants it.
  private(set) var isURL = false

  init(parts: [Part]) {
    self.parts = parts
  }

  /// The same as a URL; one that is relative to `base` begins with `/`.
  func url(relativeTo base: String?) -> SecretText {
    let start = base.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    var url = SecretText(parts: (start.map { [.text($0)] } ?? []) + parts)
    url.isURL = true
    return url
  }

  /// Whether nothing is in it, not even a secret.
  package var isEmpty: Bool { parts.allSatisfy { $0 == .text("") } }

  /// Whether what it begins with is not known before it is used.
  var beginsWithSecret: Bool {
    if case .secret = parts.first { return true }
    return false
  }

  /// The names of the secrets in it.
  package var names: [String] {
    parts.compactMap { part in
      if case .secret(let name) = part { return name }
      return nil
    }
  }

  /// The text with its secrets, itself a secret; nil when one of them is not known.
  package func resolved(with values: [String: Secret]) -> Secret? {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .secret(let name):
        guard let value = values[name] else { return nil }
        text += isURL ? Self.encoded(value, behind: text) : value.revealed()
      }
    }
    return Secret(text)
  }

  /// What stands first is the URL itself, or the beginning of it; in a path slashes stay what they are, in a query
  /// nothing does.
  private static func encoded(_ secret: Secret, behind text: String) -> String {
    if text.isEmpty { return secret.revealed() }
    if text.contains(where: { $0 == "?" || $0 == "#" }) { return secret.percentEncoded() }
    let rest = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? ""
    return secret.percentEncoded(allowing: rest.contains("/") ? "/:@!$&'()*+,;=" : ":[]")
  }
}

extension SecretText: CustomStringConvertible {
  package var description: String {
    parts.map { part in
      if case .text(let text) = part { return text }
      return Secret.mask
    }.joined()
  }
}
