import Alerting
import Values

/// A rule group and when it is evaluated: at slots of the wall clock, as Prometheus does it, which are waited for
/// on the other clock.
struct WatchedGroup: Sendable {
  var group: RuleGroup
  let every: Span
  /// When it is evaluated next; nil while nothing is known that could be evaluated.
  private(set) var due: Uptime?
  /// The slot that ``due`` stands for; nil for an evaluation between slots.
  private var slot: Instant?
  /// Iterations that were skipped because they were late by a whole interval.
  private(set) var missed = 0
  private(set) var evaluations = 0
  /// How long the last evaluation took, in seconds; the host measures it.
  var took: Double?
  var failures: [RuleFailure] = []
  private(set) var lastEvaluation: Instant?

  init(_ group: RuleGroup, every: Span) {
    self.group = group
    self.every = max(every, .milliseconds(1))
  }

  /// Evaluates between slots: at the start, and after an edit, nobody waits a whole interval for a first answer.
  mutating func evaluateSoon(at due: Uptime) {
    self.due = due
    slot = nil
  }

  /// Nothing is evaluated until ``evaluateSoon(at:)``.
  mutating func rest() {
    due = nil
    slot = nil
  }

  /// The wall clock was set or nobody watched for `missed`: its slots are others now.
  mutating func bridge(_ gap: Gap, at now: Moment) {
    missed += Int(clamping: gap.missed.milliseconds / every.milliseconds)
    if due != nil { plan(at: now) }
  }

  /// The time to evaluate at when its turn has come; the next turn is set.
  ///
  /// - Parameter isForced: now, whatever the slots say.
  mutating func takeTurn(at now: Moment, isForced: Bool = false) -> Instant? {
    guard isForced || due.map({ $0 <= now.uptime }) ?? false else { return nil }
    var time = now.wall
    if let slot, !isForced {
      // The latest slot that has come; those before it are over.
      let late = max(0, (now.wall - slot).milliseconds) / every.milliseconds
      missed += Int(clamping: late)
      time = slot + every * late
    }
    plan(at: now)
    // Two evaluations at one time would contradict each other.
    if let lastEvaluation, time <= lastEvaluation, lastEvaluation < now.wall { time = now.wall }
    evaluations += 1
    lastEvaluation = time
    return time
  }

  var row: GroupRow {
    GroupRow(
      name: group.name, rules: group.definition.rules.count, every: every, lastEvaluation: lastEvaluation,
      took: took, evaluations: evaluations, missed: missed)
  }

  private mutating func plan(at now: Moment) {
    let next = group.slot(from: now.wall + .milliseconds(1), every: every)
    slot = next
    due = now.uptime(of: next)
  }
}
