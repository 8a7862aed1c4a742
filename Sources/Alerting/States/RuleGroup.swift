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

    package init() {}
  }

  package let definition: GroupDefinition
  package let surroundings: Surroundings
  var states: [RuleState]
  /// The time of the last evaluation; nil before the first.
  package private(set) var evaluatedAt: Instant?

  /// How long a resolved alert is remembered.
  static let resolvedRetention: Int64 = 900_000

  package init(_ definition: GroupDefinition, surroundings: Surroundings = Surroundings()) {
    self.definition = definition
    self.surroundings = surroundings
    states = definition.rules.map { RuleState($0, options: surroundings.options) }
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

  /// Evaluates every rule at `at` (milliseconds since 1970) and writes what they yield into `store`.
  package mutating func evaluate(at: Int64, in store: inout Store) -> GroupResult {
    var result = GroupResult(group: name, at: Instant(milliseconds: at))
    evaluatedAt = result.at
    for index in states.indices {
      let rule = states[index].rule
      var changes: [Change] = []
      var written = 0
      var failure: String?
      do throws(RuleFailure) {
        written =
          rule.isAlerting
          ? try evaluateAlert(index, at: at, in: &store, &changes)
          : try evaluateRecording(index, at: at, in: &store)
      } catch {
        failure = error.message
      }
      result.transitions += changes.map { change in
        AlertTransition(
          alert: instance(change.alert, of: rule), from: change.from, to: change.alert.state, at: result.at,
          end: change.end)
      }
      result.alerts += instances(ofRule: index)
      result.outcomes.append(
        GroupResult.Outcome(
          rule: rule.name, position: rule.position, error: failure,
          hints: states[index].query.annotations.map(\.description), samples: written))
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
      hold: rule.hold, value: alert.value, threshold: rule.threshold,
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
  func vector(_ index: Int, at: Int64, in store: Store) throws(RuleFailure) -> [Element] {
    var query = states[index].query
    do throws(EvaluationError) {
      switch try query.instant(at: at, in: store) {
      case .vector(let elements): return elements
      case .scalar(let value): return [Element(.empty, value)]
      case .string, .matrix: throw EvaluationError("the rule's result is not a vector or scalar")
      }
    } catch {
      throw RuleFailure(error.message)
    }
  }

  /// Writes the rule's samples, and ends the series that it wrote last time and not now. A sample that the store
  /// refuses is left out and makes the rule's outcome an error.
  mutating func write(
    _ samples: [(Labels, Double)], ofRule index: Int, at: Int64, in store: inout Store
  ) throws(RuleFailure) {
    var written: Set<SeriesID> = []
    var refused: Labels?
    for (labels, value) in samples {
      let id = store.reference(labels)
      if !store.append(ref: id, t: at, v: value) { refused = refused ?? labels }
      written.insert(id)
    }
    store.markStale(states[index].written.subtracting(written).sorted(), t: at)
    states[index].written = written
    guard let refused else { return }
    throw RuleFailure("\(refused) has another value at this time, or a newer one already")
  }
}
