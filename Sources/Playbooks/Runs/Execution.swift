import Incidents
import Values

extension Run {
  /// One execution of a command, as its events leave it.
  package struct Execution: Codable, Equatable, Sendable {
    package enum End: Codable, Equatable, Sendable {
      case finished(CommandFinished, at: Instant)
      /// Nobody knows how; why, as a sentence.
      case unknown(String, at: Instant)
    }

    package let started: CommandStarted
    /// The number of its step in the text that the run goes by; nil once the step is not there any more.
    package internal(set) var step: String?
    package let by: String
    package let at: Instant
    package internal(set) var end: End?

    init(_ started: CommandStarted, by: String, at: Instant) {
      self.started = started
      step = started.step
      self.by = by
      self.at = at
    }

    package var id: String { started.id }
    package var isOpen: Bool { end == nil }

    package var finished: CommandFinished? {
      if case .finished(let fact, _) = end { fact } else { nil }
    }
  }

  /// What a step left in force.
  package struct Effect: Codable, Equatable, Sendable {
    package let step: String
    package let what: String
    package let undo: String
    package let by: String
    package let at: Instant
  }

  /// Executions of one step, oldest first.
  package func executions(of step: String) -> [Execution] { executions.filter { $0.step == step } }

  /// Commands that nobody has told the end of.
  package var openExecutions: [Execution] { executions.filter(\.isOpen) }

  /// Where the next command begins, and what it finds in its environment: what the last one left.
  package var directory: String? { executions.last { $0.finished?.directory != nil }?.finished?.directory }

  /// Values of the variables under `keep:`.
  package var kept: [String: String] {
    executions.reduce(into: [:]) { kept, execution in
      kept.merge(execution.finished?.kept ?? [:]) { $1 }
    }
  }
}
