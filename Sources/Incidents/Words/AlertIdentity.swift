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

  /// The values of the labels that tell instances of one rule apart: `api`; empty when there are none.
  package var instance: String {
    var told = labels.filter { !["alertname", "severity", "job", "system"].contains($0.key) }
    // An endpoint's name says more than the address it has.
    if told["endpoint"] != nil { told["instance"] = nil }
    return told.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
  }

  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == "\"" || character == "\\" { text.append("\\") }
      text.append(character)
    }
  }
}
