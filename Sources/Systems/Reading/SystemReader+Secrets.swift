import Documents
import Values

extension SystemReader {
  mutating func readSecrets(_ reader: inout YAMLReader) {
    guard var names = reader.mapping("secrets", of: "secrets") else { return }
    for name in names.names {
      let position = names.position(of: name)
      guard let node = names.node(name) else { continue }
      let origin = origin(of: name, node, &names)
      let value: Secret?
      switch origin {
      case .environment:
        value = environment[name].map { Secret($0) } ?? knownSecrets[name]
      case .file(let path):
        value = knownSecrets[name]
        system.trustNeeds.append(TrustNeed(part: "secret \(name)", reason: .uses([path])))
      case .command(let words):
        value = knownSecrets[name]
        system.trustNeeds.append(TrustNeed(part: "secret \(name)", reason: .starts(words)))
      }
      if let value, !value.isMasked, !value.revealed().isEmpty {
        problems.append(
          Problem(
            "the secret \(Inert.terminal(name)) has fewer than \(Secret.shortestMasked) characters, so that it is "
              + "masked nowhere",
            remedy: "use a longer one", file: Self.file, at: position, weight: .warning))
      }
      system.secrets.append(SecretSource(name: name, origin: origin, position: position, value: value))
    }
    reader.finish(names)
  }

  /// Warns of secrets that are missing and needed. What only endpoints of paused environments use is not.
  mutating func missSecrets() {
    let paused = Set(system.endpoints.filter { $0.pausedReason != nil }.map { "endpoint \($0.name)" })
    for secret in system.secrets where secret.origin == .environment && secret.value == nil {
      let users = system.trustNeeds.filter { need in
        if case .uses(let names) = need.reason { names.contains(secret.name) } else { false }
      }
      guard users.isEmpty || !users.allSatisfy({ paused.contains($0.part) }) else { continue }
      problems.append(
        Problem(
          "the secret \(Inert.terminal(secret.name)) is not in the environment, so what uses it waits",
          remedy: "set it", file: Self.file, at: secret.position, weight: .warning))
    }
  }

  private func origin(of name: String, _ node: YAMLNode, _ names: inout YAMLReader) -> SecretSource.Origin {
    guard !node.isNull else { return .environment }
    var inner = names.reader(node, of: "the secret \(Inert.terminal(name))")
    let file = inner.string("file")
    let command = inner.strings("command")
    if file != nil, !command.isEmpty {
      inner.complain(
        "the secret \(Inert.terminal(name)) has both file and command", remedy: "remove one of them",
        at: inner.position)
    }
    names.finish(inner)
    if let file { return .file(file) }
    return command.isEmpty ? .environment : .command(command)
  }

  /// The values that are known.
  var secretValues: [String: Secret] {
    Dictionary(
      system.secrets.compactMap { secret in secret.value.map { (secret.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// As ``secretText(_:_:)``; a missing one is a problem.
  mutating func requiredSecretText(_ name: String, _ reader: inout YAMLReader) -> SecretText? {
    // Without text in it, it is the reader's to say so.
    guard let node = reader.node(name), !node.isNull else {
      _ = reader.requiredString(name)
      return nil
    }
    return secretText(name, &reader)
  }

  /// A scalar in which secrets may stand.
  mutating func secretText(_ name: String, _ reader: inout YAMLReader) -> SecretText? {
    guard let node = reader.node(name), !node.isNull else { return nil }
    guard case .scalar(let text, _) = node.kind else {
      reader.complain(
        "\(name) is text, and here is \(node.whatItIs)", remedy: "write one line of text", at: node.position)
      return nil
    }
    let (filled, found) = filling.secretText(text, at: node.position)
    reader.add(found)
    return filled
  }
}
