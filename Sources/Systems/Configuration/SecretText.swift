import Values

/// Text that may contain secrets: `${NOVA_TOKEN}`. Its description shows them as `•••`.
package struct SecretText: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case text(String)
    case secret(String)
  }

  let parts: [Part]

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
        text += value.revealed()
      }
    }
    return Secret(text)
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
