import Alerting
import Metrics
import PromQL
import Values

/// Series of one system over time, against which rules are tried.
package struct BacktestSource: Sendable {
  package var store: Store
  /// The first evaluation; samples before it are there for what rules look back at.
  package var from: Instant
  /// No evaluation is later.
  package var until: Instant
  /// What a reader has to know of the data, as whole sentences.
  package var remarks: [String]

  package init(store: Store, from: Instant, until: Instant, remarks: [String] = []) {
    self.store = store
    self.from = from
    self.until = until
    self.remarks = remarks
  }

  /// The source as these rules need it, and the rules as this source allows them.
  ///
  /// What the rules write themselves is computed anew, so its samples from ``from`` on are left out. A recording rule
  /// whose own series are here while what it is made of is not stays out: its series stand as they were recorded.
  func prepared(for groups: [GroupDefinition]) -> (source: BacktestSource, groups: [GroupDefinition]) {
    var source = self
    var computed: Set<String> = []
    var kept: Set<String> = []
    let groups = groups.map { group in
      group.keeping { rule in
        guard !rule.isAlerting else { return true }
        let uses = rule.expr.selectors
        let isKnown = uses.allSatisfy { use in
          use.selector.metricName.map(computed.contains) ?? false || hasSeries(use.selector.matchers)
        }
        guard isKnown || !hasSeries([Matcher(.metricName, rule.name)]) else {
          if kept.insert(rule.name).inserted {
            source.remarks.append(
              "\(rule.name) stands as it was recorded: what it is computed from is not in the data.")
          }
          return false
        }
        computed.insert(rule.name)
        return true
      }
    }
    let alerts = Set(groups.flatMap(\.rules).filter(\.isAlerting).map(\.name))
    source.store = store.dropping(from: from.milliseconds) { labels in
      let name = labels[.metricName] ?? ""
      if name == "ALERTS" || name == "ALERTS_FOR_STATE" { return alerts.contains(labels["alertname"] ?? "") }
      return computed.contains(name) && !kept.contains(name)
    }
    return (source, groups)
  }

  private func hasSeries(_ matchers: [Matcher]) -> Bool { !store.select(matchers).isEmpty }
}

extension Selector {
  /// The name it asks for, when it asks for one.
  var metricName: String? { matchers.first { $0.name == .metricName && $0.op == .equal }?.value }
}

extension GroupDefinition {
  /// The same group with those of its rules.
  package func keeping(_ isKept: (Rule) -> Bool) -> GroupDefinition {
    replacing(rules.filter(isKept))
  }

  /// The same group with other rules.
  func replacing(_ rules: [Rule]) -> GroupDefinition {
    GroupDefinition(
      file: file, name: name, interval: interval, queryOffset: queryOffset, limit: limit, rules: rules,
      position: position, kept: kept)
  }
}

extension Store {
  /// Without the samples of these series from a time on. Linear in all samples, and free when there are none such.
  fileprivate func dropping(from limit: Int64, _ isDropped: (Labels) -> Bool) -> Store {
    let all = select([])
    let gone = Set(all.filter { labels(of: $0).map(isDropped) ?? false })
    guard !gone.isEmpty else { return self }
    var rest = Store()
    var points: [Point] = []
    for id in all {
      guard let labels = labels(of: id) else { continue }
      points.removeAll(keepingCapacity: true)
      read(id, after: .min, through: gone.contains(id) ? limit - 1 : .max, into: &points)
      guard !points.isEmpty else { continue }
      let place = rest.reference(labels)
      for point in points { rest.append(ref: place, t: point.t, v: point.v) }
    }
    return rest
  }
}
