import Values

/// Fills `${NAME}` and `${NAME:-default}` in the scalars of a system.yaml, after the YAML was read.
struct Filling: Sendable {
  let file: String
  let environment: [String: String]
  /// Names that may only stand where a secret may.
  let secrets: Set<String>

  /// Fills a scalar in which no secret may stand.
  func callAsFunction(_ text: String, at position: Position) -> (String, [Problem]) {
    guard text.contains("${") else { return (text, []) }
    let (filled, problems) = secretText(text, at: position)
    guard let name = filled.names.first else { return (filled.description, problems) }
    let problem = Problem(
      "the secret \(name) cannot stand here, where it would be shown",
      remedy: "use it under bearer, basic or token, or in a delivery's destination", file: file, at: position)
    return (filled.description, problems + [problem])
  }

  /// Fills a scalar in which secrets may stand.
  func secretText(_ text: String, at position: Position) -> (SecretText, [Problem]) {
    var parts: [SecretText.Part] = []
    var problems: [Problem] = []
    var plain = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      plain += rest[..<open.lowerBound]
      let inner = rest[open.upperBound...]
      guard let close = inner.firstIndex(of: "}") else {
        problems.append(
          Problem("\"${\" is never closed", remedy: "add a closing brace", file: file, at: position))
        rest = rest[open.lowerBound...]
        break
      }
      rest = inner[inner.index(after: close)...]
      let reference = inner[..<close]
      let divider = reference.firstRange(of: ":-")
      let name = String(divider.map { reference[..<$0.lowerBound] } ?? reference)
      guard isName(name) else {
        problems.append(
          Problem(
            "\"\(Inert.terminal(String(reference)))\" is no name of a variable",
            remedy: "write ${NAME} or ${NAME:-default}", file: file, at: position))
        continue
      }
      if secrets.contains(name) {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.secret(name))
      } else if let value = environment[name], divider == nil || !value.isEmpty {
        plain += value
      } else if let divider {
        plain += reference[divider.upperBound...]
      } else {
        problems.append(
          Problem(
            "the variable \(name) is not set", remedy: "set it, or write ${\(name):-default}", file: file,
            at: position))
      }
    }
    plain += rest
    if !plain.isEmpty || parts.isEmpty { parts.append(.text(plain)) }
    return (SecretText(parts: parts), problems)
  }

  private func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
    }
  }
}
