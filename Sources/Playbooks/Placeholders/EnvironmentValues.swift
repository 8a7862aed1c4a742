import Values

/// What the environment of the process that begins a run gives to the variables that ask for it: `from: env.NAME`.
package struct EnvironmentValues: Equatable, Sendable {
  package private(set) var plain: [String: String] = [:]
  /// Of those that are declared secret.
  package private(set) var secrets: [String: Secret] = [:]
  /// Why a value that is there is not taken, by the variable's name, as a sentence. It shows no value.
  package private(set) var refused: [String: String] = [:]

  package init() {}

  /// What is not set there, or empty, is not filled.
  package init(_ variables: [Variable], from environment: [String: String]) {
    for variable in variables {
      guard let name = variable.environmentName, let value = environment[name], !value.isEmpty else {
        continue
      }
      if variable.objection(to: value) != nil {
        let wanted =
          variable.choices.isEmpty
          ? variable.pattern.map { "match \($0)" } ?? "be shorter"
          : "be one of \(variable.choices.joined(separator: ", "))"
        refused[variable.name] = Inert.terminal(
          "The environment's \(name) is not taken for \(variable.name), which has to \(wanted).")
      } else if variable.isSecret {
        secrets[variable.name] = Secret(value)
      } else {
        plain[variable.name] = value
      }
    }
  }
}
