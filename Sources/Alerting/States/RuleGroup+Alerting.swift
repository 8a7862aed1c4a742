import Metrics
import PromQL
import Values

extension RuleGroup {
  /// Evaluates an alerting rule; the number of samples written.
  mutating func evaluateAlert(
    _ index: Int, at: Int64, in store: inout Store, _ changes: inout [Change]
  ) throws(RuleFailure) -> Int {
    let time = at.subtractingSaturating(definition.queryOffset.milliseconds)
    let rein = rein(ofRule: index)
    var found = try forms(index, vector(index, at: time, in: store), at: at, in: store)
    if rein == .quiet { found.removeAll { states[index].active[$0.form.labels]?.state != .firing } }
    if found.isEmpty, states[index].active.isEmpty {
      try finish(Writing(at: time), ofRule: index, in: &store)
      return 0
    }
    let before = definition.limit > 0 ? states[index].active : [:]
    states[index].round &+= 1
    for (form, value) in found { hold(form, value, ofRule: index, at: at, &changes) }
    if states[index].active.count > found.count {
      pass(ofRule: index, at: at, dataAt: time, in: store, &changes)
    }
    if changes.count > 1 { changes.sort { $0.alert.labels < $1.alert.labels } }
    if definition.limit > 0 {
      let count = states[index].active.values.count { $0.state != .inactive }
      if count > definition.limit {
        changes = drop(before, ofRule: index, at: at)
        throw RuleFailure("the rule yields \(count) alerts, and its group's limit is \(definition.limit)")
      }
    }
    return try writeAlerts(ofRule: index, at: time, inOrder: !changes.isEmpty, in: &store)
  }

  private func rein(ofRule index: Int) -> Rein? {
    guard !reins.isEmpty, states[index].rule.isBuiltIn,
      let endpoint = states[index].rule.labels.first(where: { $0.name == "endpoint" })
    else { return nil }
    return reins[endpoint.text]
  }

  /// The alerts for which the condition holds now: identity, texts and value.
  private mutating func forms(
    _ index: Int, _ vector: Vector, at: Int64, in store: Store
  ) throws(RuleFailure) -> [(form: AlertForm, value: Double)] {
    if vector.count == 0 { return [] }
    let rule = states[index].rule
    var found: [(form: AlertForm, value: Double)] = []
    found.reserveCapacity(vector.count)
    let (externalLabels, externalURL) = (surroundings.externalLabels, surroundings.externalURL)
    let query = rule.asksQueries ? answers(at: at, in: store) : { _ in [] }
    states[index].forms.prepare(for: vector.shape)
    for number in 0..<vector.count {
      let value = vector.values[number]
      let element = vector.labels(number)
      let form = states[index].forms.form(vector.place(number), value, element, of: rule) {
        TemplateContext(
          labels: element.dictionary, value: value, now: at,
          externalLabels: externalLabels, externalURL: externalURL, query: query)
      }
      found.append((form, value))
    }
    guard found.count == 1 || Set(found.map(\.form.labels)).count == found.count else {
      throw RuleFailure(
        "the result has two elements with the same labels after those of the alert were set")
    }
    return found
  }

  /// What `query` answers in a template.
  private func answers(at: Int64, in store: Store) -> (String) throws -> [Sample] {
    if states.contains(where: { $0.given != nil }) {
      return { _ in
        throw EvaluationError("a template cannot query when a remote engine answers for its rule")
      }
    }
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

  /// One alert's step while its condition holds: begin, begin to fire, fire on.
  private mutating func hold(
    _ form: AlertForm, _ value: Double, ofRule index: Int, at: Int64, _ changes: inout [Change]
  ) {
    let hold = states[index].rule.hold.milliseconds
    let round = states[index].round
    let fresh = {
      ActiveAlert(
        labels: form.labels, annotations: form.annotations, state: .pending, value: value, activeAt: at,
        round: round)
    }
    var change: Change?
    Self.update(&states[index].active[form.labels, default: fresh()]) { alert in
      var isNew = alert.round == round
      if alert.state == .inactive {
        let series = alert.series
        alert = fresh()
        alert.series = series
        isNew = true
      }
      alert.value = value
      alert.annotations = form.annotations
      alert.keepFiringSince = nil
      if !alert.missing.isEmpty { alert.missing = [] }
      alert.graceUntil = nil
      alert.round = round
      if alert.state == .pending, at.subtractingSaturating(alert.activeAt) >= hold {
        alert.state = .firing
        alert.firedAt = at
        change = Change(alert: alert, from: isNew ? .inactive : .pending)
      } else if isNew {
        change = Change(alert: alert, from: .inactive)
      }
    }
    if let change { changes.append(change) }
  }

  @inline(__always)
  private static func update(_ alert: inout ActiveAlert, _ body: (inout ActiveAlert) -> Void) { body(&alert) }

  /// The step of all alerts whose condition does not hold now.
  private mutating func pass(
    ofRule index: Int, at: Int64, dataAt time: Int64, in store: Store, _ changes: inout [Change]
  ) {
    let round = states[index].round
    for labels in states[index].active.filter({ $0.value.round != round }).keys.sorted() {
      pass(labels, ofRule: index, at: at, dataAt: time, in: store, &changes)
    }
  }

  /// One alert's step when its condition does not hold: fire on, stop, or be forgotten.
  private mutating func pass(
    _ labels: Labels, ofRule index: Int, at: Int64, dataAt time: Int64, in store: Store,
    _ changes: inout [Change]
  ) {
    guard var alert = states[index].active[labels] else { return }
    let rule = states[index].rule
    if alert.state == .inactive {
      let age = at.subtractingSaturating(alert.resolvedAt ?? at)
      if age > Self.resolvedRetention { states[index].active[labels] = nil }
      return
    }
    if surroundings.tellsMissingData {
      alert.missing =
        states[index].given?.missing(alert, of: rule) ?? missing(alert, rule, at: time, in: store)
    }
    let isHeld = alert.state == .firing && rein(ofRule: index) == .firesOn
    if isHeld || firesOn(&alert, rule, at: at) {
      states[index].active[labels] = alert
      return
    }
    let from = alert.state
    alert.state = .inactive
    alert.resolvedAt = at
    changes.append(Change(alert: alert, from: from, end: alert.missing.isEmpty ? .recovered : .noData))
    states[index].active[labels] = from == .pending ? nil : alert
  }

  /// Writes `ALERTS` and `ALERTS_FOR_STATE` of every alert that is pending or firing; how many samples.
  ///
  /// - Parameter inOrder: some may be new: in the order of their labels, which is that of their series in the store.
  private mutating func writeAlerts(
    ofRule index: Int, at: Int64, inOrder: Bool, in store: inout Store
  ) throws(RuleFailure) -> Int {
    guard surroundings.writesAlerts else { return 0 }
    var writing = Writing(at: at)
    var active = states[index].active
    states[index].active = [:]
    let rule = states[index].rule
    var places = Array(active.indices)
    if inOrder, places.count > 1 { places.sort { active[$0].key < active[$1].key } }
    for place in places { Self.write(&active.values[place], rule, &writing, in: &store) }
    states[index].active = active
    try finish(writing, ofRule: index, in: &store)
    return writing.ids.count
  }

  private static func write(
    _ alert: inout ActiveAlert, _ rule: Rule, _ writing: inout Writing, in store: inout Store
  ) {
    let labels = alert.labels
    switch alert.state {
    case .inactive: return
    case .pending:
      writing.write(1, to: &alert.series.pending, in: &store) {
        series("ALERTS", labels, rule, state: .pending)
      }
    case .firing:
      writing.write(1, to: &alert.series.firing, in: &store) {
        series("ALERTS", labels, rule, state: .firing)
      }
    }
    let seconds = Double(alert.activeAt.floorDivided(by: 1000))
    writing.write(seconds, to: &alert.series.since, in: &store) {
      series("ALERTS_FOR_STATE", labels, rule, state: nil)
    }
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
    let isRefilling = alert.graceUntil.map { at < $0 } ?? false
    return rule.expr.missingSelectors(for: labels, at: at, in: store, isRefilling: isRefilling)
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
  private static func series(_ name: String, _ labels: Labels, _ rule: Rule, state: AlertState?) -> Labels {
    var pairs = rule.labels.map { Label($0.name, $0.text) } + labels.pairs
    pairs.append(Label(.metricName, name))
    if let state { pairs.append(Label("alertstate", state.rawValue)) }
    return Labels(unsorted: pairs)
  }
}
