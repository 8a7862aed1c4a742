import Values

extension PlaybookLint {
  /// Destructive patterns that no command of the text matches.
  var idlePatterns: [Problem] {
    guard !document.settings.destructive.isEmpty else { return [] }
    let commands = document.steps.flatMap(\.commands).map(\.text)
    let positions = document.positions(inFrontMatter: "destructive")
    return document.settings.destructive.filter { pattern in
      !commands.contains { DestructivePatterns.matches(pattern, $0) }
    }.map { pattern in
      warning(
        "no command matches the destructive pattern \"\(Inert.terminal(pattern))\"",
        remedy: "remove it, or write the words as they stand in the command", at: positions[pattern] ?? .start
      )
    }
  }

  /// `undo:` that seems to name a step and names none: a number that no step has, or the text of a step but for its last
  /// word. Other words tell a person what to do, and stay as they are.
  var unknownUndos: [Problem] {
    let steps = document.steps
    return document.settings.steps.compactMap { rule in
      guard let undo = rule.settings.undo, !steps.contains(where: { $0.takesBack(undo) }),
        Self.isNumber(undo) || steps.contains(where: { $0.resembles(undo) })
      else { return nil }
      return warning(
        "no step begins with \"\(Inert.terminal(undo))\", so that no tick takes back what this one leaves in force",
        remedy: "write the beginning of the text of the step that does, or its number",
        at: source.position(of: "undo:", in: rule.position.line...(rule.position.line + 12)))
    }
  }

  /// Variables filled from what looks like a secret in the environment, and not declared as one: their values would be
  /// in the journal and on the screen.
  var openSecrets: [Problem] {
    let positions = document.positions(inFrontMatter: "variables")
    return document.settings.variables.compactMap { variable in
      guard !variable.isSecret, let name = variable.environmentName, Self.looksSecret(name) else {
        return nil
      }
      return warning(
        "the environment's \(Inert.terminal(name)) looks like a secret, and "
          + "\(Inert.terminal(variable.name)) would be shown and written down",
        remedy: "add `secret: true`", at: positions[variable.name] ?? .start)
    }
  }

  /// Secrets that are, or may be, too short to be masked in what commands write.
  var shortSecrets: [Problem] {
    let positions = document.positions(inFrontMatter: "variables")
    let own = Set(document.settings.variables.map(\.name))
    let known = surroundings.variables.filter { !own.contains($0.name) && isNamed($0.name) }
    return (document.settings.variables + known).compactMap { variable in
      let isShort = surroundings.shortSecrets.contains(variable.name)
      guard variable.isSecret, isShort || variable.choices.contains(where: { !Secret($0).isMasked }) else {
        return nil
      }
      return warning(
        "the secret \(Inert.terminal(variable.name)) \(isShort ? "has" : "may have") fewer than "
          + "\(Secret.shortestMasked) characters, so that it is not masked in what commands write",
        remedy: "use a longer one, or give the step `output: secret`", at: positions[variable.name] ?? .start)
    }
  }

  /// Whether a command of the text asks for it.
  private func isNamed(_ name: String) -> Bool {
    document.steps.flatMap(\.commands).contains { command in
      PlaceholderScanner.placeholders(in: command.text, declared: declared).contains { $0.name == name }
    }
  }

  private static func looksSecret(_ name: String) -> Bool {
    let words = name.uppercased().split(separator: "_")
    let telling = [
      "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASS", "PWD", "CREDENTIAL", "CREDENTIALS", "APIKEY",
    ]
    return words.contains { telling.contains(String($0)) } || words.last == "KEY"
  }

  private static func isNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }

  /// A confirmation that is older than `review:` says it may be.
  var overdueReview: [Problem] {
    guard let review = document.settings.review,
      let last = [document.settings.reviewed, surroundings.reviewed].compactMap({ $0 }).max(),
      last + review < now
    else { return [] }
    return [
      warning(
        "its review is overdue since \((last + review).dateClockUTC.prefix(10))",
        remedy: "read it through, correct it, and set `reviewed:` to the day you did",
        at: source.position(of: "reviewed:", in: 1...40))
    ]
  }
}

extension Step {
  /// Whether this is the step that an `undo` names: by its number, or by the beginning of its text.
  fileprivate func takesBack(_ undo: String) -> Bool {
    RunStarted.Planned(step: number, title: title).takesBack(undo)
  }

  /// Whether its text begins with all words of `undo` but the last.
  fileprivate func resembles(_ undo: String) -> Bool {
    func words(_ text: String) -> [String] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    let beginning = words(undo).dropLast()
    return beginning.count > 1 && words(title).starts(with: beginning)
  }
}
