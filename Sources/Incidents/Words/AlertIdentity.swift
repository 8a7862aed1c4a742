import Values

/// Which alert: a rule of a system, and the labels of one instance.
package struct AlertIdentity: Hashable, Codable, Sendable {
  package let system: String
  package let rule: String
  package let labels: [String: String]

  package init(system: String, rule: String, labels: [String: String]) {
    self.system = system
    self.rule = rule
    self.labels = labels
  }

  /// Names the alert's fold: `system/rule{a="b",c="d"}` with sorted labels, `alertname` left out.
  package var key: String {
    let pairs = labels.filter { $0.key != "alertname" }.sorted { $0.key < $1.key }
    let shown = pairs.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    return "\(system)/\(rule){\(shown)}"
  }

  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == "\"" || character == "\\" { text.append("\\") }
      text.append(character)
    }
  }
}
