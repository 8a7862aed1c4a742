import Metrics

/// Which of the alerts that fire now keep others from being heard, by the rules of a system.
///
/// Built anew for every evaluation: what inhibits is what fires, never what fired once. Linear in rules,
/// alerts and labels.
package struct Inhibition: Sendable {
  /// One rule with the alerts that are its source, by the values of its `equal` labels; of each place the
  /// first, and the first that is not its target as well.
  private struct Sources: Sendable {
    let rule: InhibitRule
    var first: [[String]: Labels] = [:]
    var oneSided: [[String]: Labels] = [:]
  }

  private var sources: [Sources]

  /// - Parameter firing: labels of all alerts that fire, silenced ones too: as in Alertmanager a silence
  ///   takes nothing from what an alert inhibits.
  package init(_ rules: [InhibitRule], firing: some Sequence<Labels>) {
    sources = rules.map { Sources(rule: $0) }
    guard !sources.isEmpty else { return }
    for labels in firing {
      for index in sources.indices where sources[index].rule.hasSource(labels) {
        let place = sources[index].rule.place(of: labels)
        if sources[index].first[place] == nil { sources[index].first[place] = labels }
        if sources[index].oneSided[place] == nil, !sources[index].rule.hasTarget(labels) {
          sources[index].oneSided[place] = labels
        }
      }
    }
  }

  /// The alert that inhibits the one with `labels`; nil when none does.
  package func inhibitor(of labels: Labels) -> Labels? {
    for source in sources where source.rule.hasTarget(labels) {
      let place = source.rule.place(of: labels)
      // An alert that fits both sides is not inhibited by another that does, itself included.
      let found = source.rule.hasSource(labels) ? source.oneSided[place] : source.first[place]
      if let found { return found }
    }
    return nil
  }
}

extension InhibitRule {
  func hasSource(_ labels: Labels) -> Bool { source.allSatisfy { $0.matches(labels) } }

  /// Whether it is for an alert with `labels` that the rule is made.
  package func fitsTarget(_ labels: Labels) -> Bool { hasTarget(labels) }

  func hasTarget(_ labels: Labels) -> Bool { target.allSatisfy { $0.matches(labels) } }

  /// The values that source and target must share; a missing label is an empty one.
  func place(of labels: Labels) -> [String] { equal.map { labels[$0] ?? "" } }
}
