import Incidents
import Values

/// One execution of a playbook as its events leave it.
package struct Run: Fold {
  package static let name = "run"
  package static let version = 4

  /// What became of a step, and who did it when.
  package struct Mark: Codable, Equatable, Sendable {
    package let state: StepState
    package let reason: String?
    package let by: String
    package let at: Instant
    package let means: StepChanged.Means
  }

  package struct Value: Codable, Equatable, Sendable {
    /// Nil for a secret: every process asks for it anew.
    package let value: String?
    package let isSecret: Bool
  }

  /// How it ended.
  package struct End: Codable, Equatable, Sendable {
    package let outcome: RunOutcome
    package let by: String
    package let at: Instant
  }

  package let key: String
  package internal(set) var started: RunStarted?
  package internal(set) var startedAt: Instant?
  package internal(set) var startedBy: String?
  /// Of the text that it goes by, in order, sub-steps after their step.
  package internal(set) var steps: [RunStarted.Planned] = []
  /// The incident it is bound to, `INC-14`; nil when it is free.
  package internal(set) var incident: String?
  /// By step number; a step that is not here is to do.
  package internal(set) var marks: [String: Mark] = [:]
  /// Handles by step number.
  package internal(set) var assigned: [String: String] = [:]
  /// By step number: the time of which the journal says that it passed with the step not done.
  package internal(set) var overdueTold: [String: Instant] = [:]
  package internal(set) var values: [String: Value] = [:]
  /// The digest of the text that the run goes by.
  package internal(set) var snapshot: String?
  /// The step touched last.
  package internal(set) var last: String?
  package internal(set) var end: End?
  /// Oldest first.
  package internal(set) var executions: [Execution] = []
  /// What is still in force, oldest first.
  package internal(set) var effects: [Effect] = []
  /// What was done on steps that the text it goes by does not have any more.
  package internal(set) var leftBehind: [LeftBehind] = []

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { started != nil && end == nil }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case RunStarted.kind, RunVariableSet.kind, RunMoved.kind, RunFinished.kind, StepChanged.kind,
      StepAssigned.kind, StepOverdue.kind, CommandStarted.kind, CommandFinished.kind, CommandLost.kind,
      EffectSet.kind,
      EffectUndone.kind:
      event.fact(OfRun.self, ofKind: event.kind).map { [$0] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    if let fact = event.fact(RunStarted.self) {
      started = fact
      steps = fact.steps
      startedAt = event.occurred
      startedBy = event.actor.handle
      incident = event.incident
      snapshot = fact.snapshot.sha256
      values = fact.variables.mapValues { Value(value: $0, isSecret: false) }
    } else if let fact = event.fact(StepChanged.self) {
      marks[fact.step] = Mark(
        state: fact.to, reason: fact.reason, by: event.actor.handle, at: event.occurred, means: fact.by)
      last = fact.step
    } else if let fact = event.fact(StepAssigned.self) {
      assigned[fact.step] = fact.who
    } else if let fact = event.fact(StepOverdue.self) {
      overdueTold[fact.step] = fact.due
    } else if let fact = event.fact(RunVariableSet.self) {
      values[fact.name] = Value(value: fact.value, isSecret: fact.secret ?? false)
    } else if let fact = event.fact(RunMoved.self) {
      move(fact)
    } else if let fact = event.fact(RunFinished.self) {
      end = End(outcome: fact.outcome, by: event.actor.handle, at: event.occurred)
    } else {
      applyCommands(event)
    }
  }

  private mutating func applyCommands(_ event: Event) {
    if let fact = event.fact(CommandStarted.self) {
      executions.append(Execution(fact, by: event.actor.handle, at: event.occurred))
      last = fact.step
    } else if let fact = event.fact(CommandFinished.self) {
      end(fact.started, as: .finished(fact, at: event.occurred))
    } else if let fact = event.fact(CommandLost.self) {
      end(fact.started, as: .unknown(fact.reason, at: event.occurred))
    } else if let fact = event.fact(EffectSet.self) {
      effects.removeAll { $0.step == fact.step }
      effects.append(
        Effect(
          step: fact.step, what: fact.what, undo: fact.undo, by: event.actor.handle, at: event.occurred))
    } else if let fact = event.fact(EffectUndone.self) {
      effects.removeAll { $0.step == fact.step }
    }
  }

  private mutating func end(_ id: String, as end: Execution.End) {
    guard let place = executions.lastIndex(where: { $0.id == id }) else { return }
    executions[place].end = end
  }
}

/// The run that an event of any of its kinds names.
private struct OfRun: Decodable {
  let run: String
}

extension Event {
  fileprivate func fact(_ type: OfRun.Type, ofKind kind: String) -> String? {
    body.flatMap { FactCoding.decode(type, from: $0)?.run }
  }
}
