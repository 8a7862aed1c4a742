import Metrics
import PromQL
import Values

/// The built-in rules: an endpoint that does not answer is an alert like any other.
package enum EndpointDown {
  package static let name = "EndpointDown"

  /// One endpoint as its rule needs it.
  package struct Target: Hashable, Sendable {
    /// The name in system.yaml.
    package let endpoint: String
    /// The labels of its series, `job` and `instance` among them.
    package let labels: Labels
    package let level: Level
    /// How long it must be down.
    package let hold: Span

    package init(endpoint: String, labels: Labels, level: Level = .page, hold: Span = .zero) {
      self.endpoint = endpoint
      self.labels = labels
      self.level = level
      self.hold = hold
    }
  }

  /// The group that watches `targets`: one rule each, for each has its own `for` and level.
  ///
  /// - Parameter playbook: the annotation, when a playbook names this alert.
  package static func group(_ targets: [Target], file: String, playbook: String? = nil) -> GroupDefinition {
    GroupDefinition(
      file: file, name: "endpoints",
      rules: targets.compactMap { rule(for: $0, file: file, playbook: playbook) })
  }

  private static func rule(for target: Target, file: String, playbook: String?) -> Rule? {
    let series = target.labels.setting(.metricName, "probe_success")
    let source = "\(series) == 0"
    guard let expr = try? PromQL.parse(source) else { return nil }
    var annotations = [("summary", "\(target.endpoint) is down")]
    if let playbook { annotations.append(("playbook", playbook)) }
    return Rule(
      kind: .alerting(name), expr: expr, source: source, hold: target.hold,
      labels: [
        Rule.Text("endpoint", target.endpoint, template: nil),
        Rule.Text("severity", target.level.rawValue, template: nil),
      ],
      annotations: annotations.map { Rule.Text($0.0, $0.1, template: nil) }, file: file,
      isBuiltIn: true)
  }
}
