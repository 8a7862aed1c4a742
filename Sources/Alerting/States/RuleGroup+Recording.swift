import Metrics
import PromQL
import Values

extension RuleGroup {
  /// Evaluates a recording rule; the number of samples written.
  mutating func evaluateRecording(
    _ index: Int, at: Int64, in store: inout Store
  ) throws(RuleFailure) -> Int {
    let time = at.subtractingSaturating(definition.queryOffset.milliseconds)
    let rule = states[index].rule
    let own = rule.labels.map { ($0.name, $0.text) }
    var samples: [(Labels, Double)] = []
    var seen: Set<Labels> = []
    for element in try vector(index, at: time, in: store) {
      var labels = element.labels.setting(.metricName, rule.name)
      for (name, value) in own { labels = labels.setting(name, value) }
      guard seen.insert(labels).inserted else {
        throw RuleFailure("the result has two series with the same labels after those of the rule were set")
      }
      samples.append((labels, element.value))
    }
    if definition.limit > 0, samples.count > definition.limit {
      throw RuleFailure(
        "the rule yields \(samples.count) series, and its group's limit is \(definition.limit)")
    }
    try write(samples, ofRule: index, at: time, in: &store)
    return samples.count
  }
}
