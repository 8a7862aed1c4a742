import Metrics
import PromQL
import Values

/// A group of rules with the state of its alerts: evaluated in order, at one time, as Prometheus 3.14 does it.
package struct RuleGroup: Sendable {
  /// What the templates of all rules see, and how levels are read.
  package struct Surroundings: Sendable {
    package var levels = LevelMap()
    package var externalLabels: [String: String] = [:]
    package var externalURL = ""
    package var options = EvaluationOptions()
    /// Whether an alert whose condition ends is asked which of its series are gone. Looks at all series of its rule;
    /// without it every alert that stops has recovered.
    package var tellsMissingData = true
    /// Whether `ALERTS` and `ALERTS_FOR_STATE` are written; without them nothing may ask for them.
    package var writesAlerts = true

    package init() {}
  }

  package let definition: GroupDefinition
  package let surroundings: Surroundings
  var states: [RuleState]
  /// Of the built-in rules, by their label `endpoint`.
  package var reins: [String: Rein] = [:]
  private var queries: QueryGroup
  /// The time of the last evaluation; nil before the first.
  package private(set) var evaluatedAt: Instant?

  /// How long a resolved alert is remembered.
  static let resolvedRetention: Int64 = 900_000

  package init(_ definition: GroupDefinition, surroundings: Surroundings = Surroundings()) {
    self.definition = definition
    self.surroundings = surroundings
    states = definition.rules.map { RuleState($0) }
    let written = definition.rules.flatMap { $0.isAlerting ? ["ALERTS", "ALERTS_FOR_STATE"] : [$0.name] }
    queries = QueryGroup(
      definition.rules.map(\.expr), writing: Set(written), options: surroundings.options)
  }

  package var name: String { definition.name }

  /// The first time at or after `now` at which the group is due: multiples of the interval, shifted by a part of
  /// it that depends on the group's name, so that groups do not all run at once.
  package func slot(from now: Instant, every interval: Span) -> Instant {
    let length = max(1, interval.milliseconds)
    let key = Labels([("file", definition.file), ("name", definition.name)])
    let shift = Int64(key.fingerprint % UInt64(length))
    let past = (now.milliseconds.subtractingSaturating(shift)).floorDivided(by: length)
    let slot = past.multipliedSaturating(by: length).addingSaturating(shift)
    return Instant(milliseconds: slot < now.milliseconds ? slot.addingSaturating(length) : slot)
  }

  /// Says at which times it is going to be evaluated, as ``QueryGroup/expect(_:)`` has it.
  package mutating func expect(_ timetable: Timetable) {
    let offset = definition.queryOffset.milliseconds
    queries.expect(
      Timetable(
        from: timetable.start.subtractingSaturating(offset), to: timetable.end.subtractingSaturating(offset),
        step: timetable.step, written: timetable.written))
  }

  /// Evaluates every rule at `at` (milliseconds since 1970) and writes what they yield into `store`.
  package mutating func evaluate(at: Int64, in store: inout Store) -> GroupResult {
    var result = GroupResult(group: name, at: Instant(milliseconds: at))
    evaluatedAt = result.at
    queries.beginRound()
    result.outcomes.reserveCapacity(states.count)
    for index in states.indices {
      var changes: [Change] = []
      var written = 0
      var failure: String?
      do throws(RuleFailure) {
        written =
          states[index].isAlerting
          ? try evaluateAlert(index, at: at, in: &store, &changes)
          : try evaluateRecording(index, at: at, in: &store)
      } catch {
        failure = error.message
      }
      for change in changes {
        result.transitions.append(
          AlertTransition(
            alert: instance(change.alert, of: states[index].rule), from: change.from, to: change.alert.state,
            at: result.at, end: change.end))
      }
      result.outcomes.append(
        GroupResult.Outcome(
          rule: states[index].rule.name, position: states[index].rule.position, error: failure,
          hints: states[index].given?.remarks ?? queries.annotations.map(\.description), samples: written))
    }
    return result
  }

  /// All alerts that are pending or firing, in the order of the rules, then of their labels.
  package var instances: [AlertInstance] { states.indices.flatMap { instances(ofRule: $0) } }

  package var firing: [AlertInstance] { instances.filter { $0.state == .firing } }

  /// Whether one of its rules is an alert of that name.
  package func hasAlert(named name: String) -> Bool {
    states.contains { $0.rule.isAlerting && $0.rule.name == name }
  }

  /// How long samples must be kept for its rules, in milliseconds.
  package var reach: Int64 { definition.reach }

  /// Alerts that stopped within the last quarter of an hour.
  package var resolved: [AlertInstance] {
    states.flatMap { state in
      state.active.values.filter { $0.state == .inactive }.map { instance($0, of: state.rule) }
        .sorted { $0.labels < $1.labels }
    }
  }

  private func instances(ofRule index: Int) -> [AlertInstance] {
    let state = states[index]
    return state.active.values.filter { $0.state != .inactive }.map { instance($0, of: state.rule) }
      .sorted { $0.labels < $1.labels }
  }

  func instance(_ alert: ActiveAlert, of rule: Rule) -> AlertInstance {
    AlertInstance(
      group: name, rule: rule.name, labels: alert.labels,
      level: surroundings.levels.level(of: alert.labels["severity"]), state: alert.state,
      activeAt: Instant(milliseconds: alert.activeAt),
      firedAt: alert.firedAt.map(Instant.init(milliseconds:)),
      resolvedAt: alert.resolvedAt.map(Instant.init(milliseconds:)),
      keepFiringSince: alert.keepFiringSince.map(Instant.init(milliseconds:)),
      hold: rule.hold, keep: rule.keep, value: alert.value, threshold: rule.threshold,
      unit: alert.annotations["unit"].flatMap(Figure.Unit.init) ?? rule.unit,
      source: rule.place, expression: rule.source, measure: rule.expr.measure,
      annotations: alert.annotations, missing: alert.missing)
  }

  /// An alert's change within an evaluation.
  struct Change {
    let alert: ActiveAlert
    let from: AlertState
    var end: AlertEnd?
  }

  // MARK: What all rules do

  /// The rule's value as a vector: a scalar is one element without labels.
  mutating func vector(_ index: Int, at: Int64, in store: Store) throws(RuleFailure) -> Vector {
    if let given = states[index].given { return try given.vector() }
    do throws(EvaluationError) {
      return try queries.vector(index, at: at, in: store)
    } catch {
      throw RuleFailure(error.message)
    }
  }

  /// Ends the series that the rule wrote last time and not now. A sample that the store refused was left out and
  /// makes the rule's outcome an error.
  mutating func finish(_ writing: Writing, ofRule index: Int, in store: inout Store) throws(RuleFailure) {
    if states[index].written != writing.ids {
      let gone = Set(states[index].written).subtracting(writing.ids)
      store.markStale(gone.sorted(), t: writing.at)
      states[index].written = writing.ids
    }
    guard let refused = writing.refused else { return }
    throw RuleFailure("\(refused) has another value at this time, or a newer one already")
  }
}
