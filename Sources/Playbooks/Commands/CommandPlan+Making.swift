import Values

extension CommandPlan {
  /// Why a command cannot run as things stand; each a whole sentence with what to do.
  package enum Objection: Error, Equatable, Sendable {
    /// Values are missing, undecided, or cannot go where they would have to.
    case unresolved(Unresolved)
    case other(String)

    package var sentence: String {
      switch self {
      case .unresolved(let why): why.description
      case .other(let sentence): sentence
      }
    }
  }

  /// What a run gives to its commands.
  package struct Setting: Equatable, Sendable {
    /// Values of placeholders.
    package var values: [String: RunValue]
    /// Names that are placeholders without brackets.
    package var declared: Set<String>
    /// Where commands run that no command of the run has moved; absolute.
    package var directory: String
    package var target: String
    /// What a system adds to the destructive patterns, and the timeout of commands that say none.
    package var destructive: [String] = []
    package var timeout: Span?

    package init(values: [String: RunValue], declared: Set<String>, directory: String, target: String) {
      self.values = values
      self.declared = declared
      self.directory = directory
      self.target = target
    }
  }

  /// The plan of a step's command in a run.
  ///
  /// - Parameters:
  ///   - index: of the step's commands, from 0.
  ///   - run: for what earlier commands left; nil when none is begun.
  package static func make(
    _ step: Step, _ index: Int, of document: PlaybookDocument, in run: Run?, _ setting: Setting
  ) -> Result<CommandPlan, Objection> {
    let commands = step.commands
    guard commands.indices.contains(index) else {
      return .failure(.other("Step \(step.number) has no command to run; do it and tick it."))
    }
    let command = commands[index]
    if let flaw = command.flaw {
      return .failure(
        .other("This command does not end: \(flaw). Correct it in the runbook, or run it by hand."))
    }
    if command.isAssignment {
      return .failure(.other("This only sets variables: do it where they belong, and tick the step."))
    }
    switch Resolution.shell(command.text, values: setting.values, declared: setting.declared) {
    case .failure(let why): return .failure(.unresolved(why))
    case .success(let text):
      return .success(CommandPlan(step, index, command, text, of: document, in: run, setting))
    }
  }

  private init(
    _ step: Step, _ index: Int, _ command: Command, _ text: ResolvedText, of document: PlaybookDocument,
    in run: Run?, _ setting: Setting
  ) {
    let settings = step.settings
    self.step = step.number
    self.index = index
    title = command.title
    self.text = text
    directory = run?.directory ?? setting.directory
    environment = Self.environment(setting.values, kept: run?.kept ?? [:])
    target = setting.target
    danger = DestructivePatterns(adding: document.settings.destructive + setting.destructive).match(
      text.exact.revealed())
    isCheck = settings.isCheck
    isBackground = settings.isBackground
    every = settings.isCheck ? settings.every : nil
    repeatsFor = settings.isCheck ? settings.repeatsFor : nil
    timeout = settings.timeout ?? document.settings.timeout ?? setting.timeout ?? Self.defaultTimeout
    patience = Self.defaultPatience
    exits = settings.exits
    keepsOutput = settings.output == .kept
    keep = document.settings.keep
    secrets = setting.values.values.compactMap { value in
      if case .secret(let secret) = value { secret } else { nil }
    }
  }

  /// Values by their names as a shell can name them; not those that would change how programs are found or loaded.
  private static func environment(_ values: [String: RunValue], kept: [String: String]) -> [String: Secret] {
    var environment = kept.mapValues { Secret($0) }
    for (name, value) in values {
      let name = name.replacing("-", with: "_")
      guard isVariableName(name), !value.revealed.utf8.contains(0) else { continue }
      environment[name] = Secret(value.revealed)
    }
    return environment.filter { !isReserved($0.key) }
  }

  private static func isVariableName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
    return name.utf8.allSatisfy { $0.isNameByte }
  }

  private static func isReserved(_ name: String) -> Bool {
    ["PATH", "HOME", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "BASHOPTS", "PS4", "PROMPT_COMMAND"].contains(
      name)
      || name.hasPrefix("LD_") || name.hasPrefix("MIDWATCH_")
  }
}
