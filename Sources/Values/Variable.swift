/// A value that a playbook or a template asks for: the same shape in `system.yaml`, in a playbook's front
/// matter and in a template's.
package struct Variable: Equatable, Sendable {
  package let name: String
  /// The prompt; nil is the name.
  package var ask: String?
  /// Used as it is until somebody says otherwise.
  package var defaultValue: String?
  /// Empty: anything that fits ``pattern``.
  package var choices: [String]
  /// A regular expression that the whole value matches.
  package var pattern: String?
  /// Never stored, never shown.
  package var isSecret: Bool
  /// Where it is filled from when there is something: `alert.labels.tenant`, `incident.title`, `env.NAME`.
  package var from: String?

  package init(
    _ name: String, ask: String? = nil, defaultValue: String? = nil, choices: [String] = [],
    pattern: String? = nil, isSecret: Bool = false, from: String? = nil
  ) {
    self.name = name
    self.ask = ask
    self.defaultValue = defaultValue
    self.choices = choices
    self.pattern = pattern
    self.isSecret = isSecret
    self.from = from
  }

  package var prompt: String { ask ?? name }
}

extension Variable {
  /// Longer values are refused: nobody types them, and a pattern would take its time over them.
  package static let maximumLength = 4096

  /// Why `value` cannot be this variable's, as a whole sentence; nil when it can.
  package func objection(to value: String) -> String? {
    if value.isEmpty { return "\(name) needs a value." }
    if value.utf8.count > Self.maximumLength {
      return "\(name) is longer than \(Self.maximumLength) bytes."
    }
    if !choices.isEmpty, !choices.contains(value) {
      return "\(name) is one of \(choices.joined(separator: ", "))."
    }
    guard let pattern else { return nil }
    guard let regex = try? Regex(pattern) else { return "The pattern of \(name) cannot be read: \(pattern)" }
    return (try? regex.wholeMatch(in: value)) == nil ? "\(name) does not match \(pattern)." : nil
  }
}

extension [Variable] {
  /// These, with `others` added; one of `others` replaces one of the same name.
  package func overridden(by others: [Variable]) -> [Variable] {
    filter { mine in !others.contains { $0.name == mine.name } } + others
  }
}
