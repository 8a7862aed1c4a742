import Values

/// What a document asks for.
extension PlaybookDocument {
  /// The names that its front matter and its system declare.
  package func declared(with system: [Variable] = []) -> Set<String> {
    Set(system.overridden(by: settings.variables).map(\.name))
  }

  /// The placeholders of the commands of `steps`, each name once, in the order of the document.
  ///
  /// - Parameter system: the variables of the system that the document belongs to.
  package func placeholders(of steps: [Step], with system: [Variable] = []) -> [Placeholder] {
    let declared = declared(with: system)
    var names: Set<String> = []
    return steps.flatMap { step in step.placeholders(declared: declared) }.filter {
      names.insert($0.name).inserted
    }
  }

  /// What is asked for before or during a run of `steps`: a variable for each placeholder, declared ones
  /// with all that is declared of them; then the declared ones that a command reads from its environment.
  package func questions(of steps: [Step], with system: [Variable] = []) -> [Variable] {
    let known = system.overridden(by: settings.variables)
    let filled = placeholders(of: steps, with: system).map { placeholder in
      known.first { $0.name == placeholder.name } ?? Variable(placeholder.name)
    }
    let texts = steps.flatMap(\.commands).map(\.text)
    return filled
      + known.filter { variable in
        !filled.contains { $0.name == variable.name }
          && texts.contains { PlaceholderScanner.reads(variable.name, in: $0) }
      }
  }
}

extension Step {
  /// The placeholders of its own commands and of inline code that looks like a command.
  package func placeholders(declared: Set<String> = []) -> [Placeholder] {
    (commands.map(\.text) + inlineCodes.filter { $0.contains(" ") }).flatMap {
      PlaceholderScanner.placeholders(in: $0, declared: declared)
    }
  }
}
