import Values

extension PlaybookLint {
  /// Words that look like a place for a value and that nothing declares; and names such as `links.admin` that the
  /// system does not have.
  var undeclaredPlaceholders: [Problem] {
    var seen: Set<String> = []
    return document.steps.flatMap { step in
      step.commands.flatMap { command in
        PlaceholderScanner.placeholders(in: command.text, declared: declared).compactMap { placeholder in
          guard let complaint = complaint(about: placeholder), seen.insert(placeholder.name).inserted else {
            return nil
          }
          let lines = command.line...(command.line + command.text.count { $0.isNewline })
          return warning(
            complaint.what, remedy: complaint.remedy,
            at: source.position(of: placeholder.written, in: lines))
        }
      }
    }
  }

  private func complaint(about placeholder: Placeholder) -> (what: String, remedy: String)? {
    let name = Inert.terminal(placeholder.name)
    guard !declared.contains(placeholder.name) else { return nil }
    if placeholder.certainty == .suspected {
      return (
        "\(name) looks like a place for a value, and nothing declares it",
        "declare it under `variables:`; where it stands for itself, with itself as `default:`"
      )
    }
    guard let given = surroundings.given, placeholder.name.contains(".") || placeholder.name == "base" else {
      return nil
    }
    let alike = given.filter { $0.hasPrefix(placeholder.name.prefix { $0 != "." }) }.sorted()
    return (
      "the system has no \(name)",
      alike.isEmpty ? "add it to system.yaml" : "it has \(alike.joined(separator: ", "))"
    )
  }

  /// Variables of the front matter that stand nowhere in the text, and that no command reads from its environment.
  var unusedVariables: [Problem] {
    guard !document.settings.variables.isEmpty else { return [] }
    let declared = declared
    let texts = document.sections.flatMap(\.searchLines)
    let commands = document.steps.flatMap(\.commands).map(\.text)
    var used = Set(
      commands.flatMap { PlaceholderScanner.placeholders(in: $0, declared: declared) }.map(\.name))
    used.formUnion(
      texts.flatMap { PlaceholderScanner.placeholders(in: $0, declared: declared, context: .text) }
        .map(\.name))
    let whole = commands.joined(separator: "\n")
    let positions = document.positions(inFrontMatter: "variables")
    return document.settings.variables.filter { !used.contains($0.name) && !isRead($0.name, in: whole) }
      .map { variable in
        warning(
          "the variable \(Inert.terminal(variable.name)) is declared and never used",
          remedy: "remove it, or write {{\(Inert.terminal(variable.name))}} where it belongs",
          at: positions[variable.name] ?? .start)
      }
  }

  /// `$NAME`, `${NAME}`, `process.env.NAME`: the run's values are in the environment of its commands.
  private func isRead(_ name: String, in text: String) -> Bool {
    let name = name.replacing("-", with: "_")
    return ["$", "${", "env.", "environ[\"", "environ['"].contains { sign in
      text.ranges(of: sign + name).contains { range in
        text[range.upperBound...].utf8.first.map { !$0.isNameByte } ?? true
      }
    }
  }
}
