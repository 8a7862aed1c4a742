import Metrics

/// While an alert that fits the source fires, alerts that fit the target are not to be heard
/// (`inhibit_rules` of alertmanager.yml).
package struct InhibitRule: Hashable, Sendable {
  package let source: [Matcher]
  package let target: [Matcher]
  /// Labels whose values both must share; a missing one equals an empty one.
  package let equal: [String]

  package init(source: [Matcher], target: [Matcher], equal: [String] = []) {
    self.source = source
    self.target = target
    self.equal = equal
  }

  /// Whether `source`, which fires, silences `target`.
  package func inhibits(target: Labels, source: Labels) -> Bool {
    Inhibition([self], firing: [source]).inhibitor(of: target) != nil
  }
}
