import Metrics
import PromQL
import Values

extension RuleGroup {
  /// Evaluates an alerting rule; the number of samples written.
  mutating func evaluateAlert(
    _ index: Int, at: Int64, in store: inout Store, _ changes: inout [Change]
  ) throws(RuleFailure) -> Int {
    let time = at.subtractingSaturating(definition.queryOffset.milliseconds)
    let found = try elements(index, at: at, dataAt: time, in: store)
    let before = states[index].active
    for (labels, alert) in found {
      if let known = states[index].active[labels], known.state != .inactive {
        states[index].active[labels]?.value = alert.value
        states[index].active[labels]?.annotations = alert.annotations
        states[index].active[labels]?.keepFiringSince = nil
        states[index].active[labels]?.missing = []
        states[index].active[labels]?.graceUntil = nil
      } else {
        states[index].active[labels] = alert
      }
    }
    var samples: [(Labels, Double)] = []
    for labels in states[index].active.keys.sorted() {
      let step = Step(
        at: at, dataAt: time, isFound: found[labels] != nil,
        isNew: found[labels] != nil && (before[labels]?.state ?? .inactive) == .inactive)
      advance(labels, ofRule: index, by: step, in: store, &changes)
      guard let alert = states[index].active[labels], alert.state != .inactive else { continue }
      samples.append((series("ALERTS", alert, states[index].rule, state: alert.state.rawValue), 1))
      let seconds = Double(alert.activeAt.floorDivided(by: 1000))
      samples.append((series("ALERTS_FOR_STATE", alert, states[index].rule, state: nil), seconds))
    }
    if definition.limit > 0, samples.count / 2 > definition.limit {
      changes = drop(before, ofRule: index, at: at)
      throw RuleFailure(
        "the rule yields \(samples.count / 2) alerts, and its group's limit is \(definition.limit)")
    }
    try write(samples, ofRule: index, at: time, in: &store)
    return samples.count
  }

  /// The alerts for which the condition holds now, as if they were new.
  private func elements(
    _ index: Int, at: Int64, dataAt time: Int64, in store: Store
  ) throws(RuleFailure) -> [Labels: ActiveAlert] {
    let rule = states[index].rule
    var found: [Labels: ActiveAlert] = [:]
    for element in try vector(index, at: time, in: store) {
      let context = TemplateContext(
        labels: element.labels.dictionary, value: element.value, now: at,
        externalLabels: surroundings.externalLabels, externalURL: surroundings.externalURL,
        query: rule.asksQueries ? answers(at: at, in: store) : { _ in [] })
      var labels = element.labels.removing(.metricName)
      for label in rule.labels {
        labels = labels.setting(label.name, label.template?.expand(context) ?? label.text)
      }
      labels = labels.setting("alertname", rule.name)
      guard found[labels] == nil else {
        throw RuleFailure(
          "the result has two elements with the same labels after those of the alert were set")
      }
      var annotations: [String: String] = [:]
      for annotation in rule.annotations {
        annotations[annotation.name] = annotation.template?.expand(context) ?? annotation.text
      }
      found[labels] = ActiveAlert(
        labels: labels, annotations: annotations, state: .pending, value: element.value, activeAt: at)
    }
    return found
  }

  /// What `query` answers in a template.
  private func answers(at: Int64, in store: Store) -> (String) throws -> [Sample] {
    let options = surroundings.options
    return { text in
      var query = Query(try PromQL.parse(text), options: options)
      switch try query.instant(at: at, in: store) {
      case .vector(let elements): return elements.map { Sample($0.labels, $0.value) }
      case .scalar(let value): return [Sample(.empty, value)]
      case .string, .matrix: throw EvaluationError("query result is not a vector or scalar")
      }
    }
  }

  /// One evaluation as one alert sees it; times in milliseconds since 1970.
  private struct Step {
    let at: Int64
    let dataAt: Int64
    /// Whether its condition holds.
    let isFound: Bool
    let isNew: Bool
  }

  /// One alert's step: begin to fire, fire on, stop, or be forgotten.
  private mutating func advance(
    _ labels: Labels, ofRule index: Int, by step: Step, in store: Store, _ changes: inout [Change]
  ) {
    guard var alert = states[index].active[labels] else { return }
    let rule = states[index].rule
    let (at, isNew) = (step.at, step.isNew)
    if step.isFound {
      if alert.state == .pending, at.subtractingSaturating(alert.activeAt) >= rule.hold.milliseconds {
        alert.state = .firing
        alert.firedAt = at
        changes.append(Change(alert: alert, from: isNew ? .inactive : .pending))
      } else if isNew {
        changes.append(Change(alert: alert, from: .inactive))
      }
      states[index].active[labels] = alert
      return
    }
    if alert.state == .inactive {
      let age = at.subtractingSaturating(alert.resolvedAt ?? at)
      if age > Self.resolvedRetention { states[index].active[labels] = nil }
      return
    }
    alert.missing = missing(alert, rule, at: step.dataAt, in: store)
    if firesOn(&alert, rule, at: at) {
      states[index].active[labels] = alert
      return
    }
    let from = alert.state
    alert.state = .inactive
    alert.resolvedAt = at
    changes.append(Change(alert: alert, from: from, end: alert.missing.isEmpty ? .recovered : .noData))
    states[index].active[labels] = from == .pending ? nil : alert
  }

  /// Whether a firing alert goes on although its condition does not hold.
  private func firesOn(_ alert: inout ActiveAlert, _ rule: Rule, at: Int64) -> Bool {
    if let grace = alert.graceUntil, at < grace, !alert.missing.isEmpty { return true }
    guard alert.state == .firing, rule.keep > .zero else { return false }
    let since = alert.keepFiringSince ?? at
    alert.keepFiringSince = since
    return at.subtractingSaturating(since) < rule.keep.milliseconds
  }

  /// The selectors that have nothing for this alert; the rule's own labels are no series' labels.
  private func missing(_ alert: ActiveAlert, _ rule: Rule, at: Int64, in store: Store) -> [String] {
    let labels = alert.labels.removing(rule.labels.map(\.name) + ["alertname"])
    return rule.expr.missingSelectors(for: labels, at: at, in: store)
  }

  /// Above the limit all alerts of a rule go, so that half of them are not taken for the whole.
  private mutating func drop(_ before: [Labels: ActiveAlert], ofRule index: Int, at: Int64) -> [Change] {
    states[index].active = [:]
    return before.values.filter { $0.state != .inactive }.sorted { $0.labels < $1.labels }.map {
      var alert = $0
      let from = alert.state
      alert.state = .inactive
      alert.resolvedAt = at
      return Change(alert: alert, from: from, end: .limit)
    }
  }

  /// `ALERTS` or `ALERTS_FOR_STATE`. As in Prometheus, a rule label whose template came out empty stands here
  /// with its raw text.
  private func series(_ name: String, _ alert: ActiveAlert, _ rule: Rule, state: String?) -> Labels {
    var pairs = rule.labels.map { Label($0.name, $0.text) } + alert.labels.pairs
    pairs.append(Label(.metricName, name))
    if let state { pairs.append(Label("alertstate", state)) }
    return Labels(unsorted: pairs)
  }
}
