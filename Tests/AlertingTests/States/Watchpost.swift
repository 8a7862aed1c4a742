import Alerting
import Metrics
import PromQL
import Values

/// A store and groups from a rule file, evaluated minute by minute.
struct Watchpost {
  var store = Store()
  var groups: [RuleGroup]

  init(_ rules: String, surroundings: RuleGroup.Surroundings = RuleGroup.Surroundings()) {
    groups = RuleFile.parse(rules, file: "rules.yaml").groups.map {
      RuleGroup($0, surroundings: surroundings)
    }
  }

  mutating func put(_ labels: [String: String], _ value: Double, at minute: Int) {
    store.append(Labels(labels), t: Int64(minute) * 60_000, v: value)
  }

  mutating func evaluate(at minute: Int) -> [GroupResult] {
    groups.indices.map { groups[$0].evaluate(at: Int64(minute) * 60_000, in: &store) }
  }

  /// Each transition as `Name from→to`, with how it ended.
  mutating func transitions(at minute: Int) -> [String] {
    evaluate(at: minute).flatMap(\.transitions).map { change in
      "\(change.rule) \(change.from)→\(change.to)" + (change.end.map { " \($0)" } ?? "")
    }
  }

  /// The value of an expression as lines `{labels} value`.
  func ask(_ expr: String, at minute: Int) throws -> [String] {
    var query = Query(try PromQL.parse(expr))
    guard case .vector(let elements) = try query.instant(at: Int64(minute) * 60_000, in: store) else {
      return []
    }
    return elements.map { "\($0.labels) \($0.value)" }.sorted()
  }
}

extension Instant {
  static func minute(_ count: Int) -> Instant { Instant(milliseconds: Int64(count) * 60_000) }
}
