import Values

/// Values of placeholders: asked for once, changed with a reason.
extension PlainRun {
  mutating func askValues(_ why: Unresolved) -> [Effect] {
    wanted =
      why.missing.map { (declaration(of: $0), false) } + why.undecided.map { (declaration(of: $0), true) }
    return askNextValue()
  }

  func declaration(of name: String) -> Variable {
    options.variables.overridden(by: document.settings.variables).first { $0.name == name } ?? Variable(name)
  }

  mutating func askNextValue() -> [Effect] {
    guard !wanted.isEmpty else { return offer() }
    let (variable, isUndecided) = wanted.removeFirst()
    return [asking(.value(variable, isUndecided: isUndecided))]
  }

  mutating func answerValue(_ variable: Variable, _ isUndecided: Bool, _ line: String) -> [Effect] {
    var value = variable.isSecret ? line : line.trimmed
    if value.isEmpty { value = variable.defaultValue ?? (isUndecided ? variable.name : "") }
    if value.isEmpty {
      wanted = []
      return say("\(variable.name) stays without a value.")
    }
    if let objection = variable.objection(to: value) {
      return [.print([Inert.terminal(objection)]), asking(.value(variable, isUndecided: isUndecided))]
    }
    return set(variable, value, because: nil)
  }

  mutating func set(_ variable: Variable, _ value: String, because reason: String?) -> [Effect] {
    let content: SetVariable.Content
    var warning: [Effect] = []
    if variable.isSecret {
      let secret = Secret(value)
      secrets[variable.name] = secret
      if !secret.isMasked { warning = [.print([Inert.terminal(SetVariable.unmasked(variable.name))])] }
      // The journal knows already that there is one.
      guard run.values[variable.name]?.isSecret != true else { return warning + askNextValue() }
      content = .secret
    } else {
      content = .plain(value)
    }
    let act = SetVariable(
      run: run.key, name: variable.name, content: content, reason: reason, variable: variable)
    return warning + self.act(act, then: .nextValue)
  }

  /// `v`, `v NAME`, `v NAME=VALUE`.
  mutating func valuesAnswer(_ text: String) -> [Effect] {
    let again = question ?? .step
    guard !text.isEmpty else { return [.print(toldValues), asking(again)] }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let variable = declaration(of: parts.first?.trimmed ?? "")
    guard let value = parts.count > 1 ? parts.last : nil, !variable.isSecret else {
      wanted = []
      return [asking(.value(variable, isUndecided: false))]
    }
    if let objection = variable.objection(to: value) { return say(objection) }
    guard let known = values[variable.name], known != .plain(value) else {
      return set(variable, value, because: nil)
    }
    return [asking(.changeReason(variable, value))]
  }

  private var toldValues: [String] {
    let known = values
    let asked = document.questions(of: Array(script.steps.values), with: options.variables).map(\.name)
    let names = Set(asked).union(known.keys).sorted()
    guard !names.isEmpty else { return ["Nothing is asked for here."] }
    return names.map { name in Inert.terminal("\(name)=\(known[name]?.shown ?? "(no value yet)")") }
  }
}
