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

  /// The first of the firing alerts that silences `labels`.
  ///
  /// As in Alertmanager, an alert that fits both sides is not silenced by another that fits both sides, so that
  /// none silences itself.
  package func inhibitor(of labels: Labels, among firing: some Sequence<Labels>) -> Labels? {
    guard fits(target, labels) else { return nil }
    let fitsBoth = fits(source, labels)
    return firing.first { other in
      fits(source, other) && equal.allSatisfy { (other[$0] ?? "") == (labels[$0] ?? "") }
        && !(fitsBoth && fits(target, other))
    }
  }

  /// Whether `source`, which fires, silences `target`.
  package func inhibits(target: Labels, source: Labels) -> Bool {
    inhibitor(of: target, among: [source]) != nil
  }

  private func fits(_ matchers: [Matcher], _ labels: Labels) -> Bool {
    matchers.allSatisfy { $0.matches(labels) }
  }
}
