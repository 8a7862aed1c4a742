import Values

/// What tells a rule from the others of its file.
package struct RuleOutline: Sendable {
  /// The alert's name, or the recorded one.
  let name: String
  /// Sorted by name.
  let labels: [(name: String, text: String)]
  package let position: Position
  /// Of name and labels; made where the rule is read, so that finding those that are alike is short.
  private let hash: Int

  private init(name: String, labels: [Rule.Text], position: Position) {
    self.name = name
    self.labels = labels.map { ($0.name, $0.text) }
    self.position = position
    var hasher = Hasher()
    hasher.combine(name)
    for label in labels {
      hasher.combine(label.name)
      hasher.combine(label.text)
    }
    hash = hasher.finalize()
  }

  init(_ rule: Rule) {
    self.init(name: rule.name, labels: rule.labels, position: rule.position)
  }

  init(_ parts: RuleParts) {
    let name =
      switch parts.kind {
      case .alerting(let name), .recording(let name): name
      }
    self.init(name: name, labels: parts.labels.sorted { $0.name < $1.name }, position: parts.position)
  }
}

/// Two are equal when name and labels are, wherever they stand.
extension RuleOutline: Hashable {
  package static func == (a: Self, b: Self) -> Bool {
    a.hash == b.hash && a.name == b.name && a.labels.count == b.labels.count
      && zip(a.labels, b.labels).allSatisfy { $0.name == $1.name && $0.text == $1.text }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
