import Incidents
import Values

/// A playbook, or a section of it, begins to be worked through.
package struct RunStarted: Fact {
  package static let kind = "run.started"

  /// The document's text as it was: a blob.
  package struct Snapshot: Codable, Equatable, Sendable {
    /// Of the bytes, in lower-case hex.
    package let sha256: String
    package let bytes: Int
    package let type: String
  }

  /// A step of the run, so that a fold knows what is left without reading the snapshot.
  package struct Planned: Codable, Equatable, Sendable {
    package let step: String
    package let title: String
    /// What takes back what it leaves in force; nil when it leaves nothing.
    package let undo: String?
    /// When it is due, in milliseconds from the run's start.
    package let dueMs: Int64?
    /// When it ticks itself, as the front matter writes it: `PackErrorRatePage resolved`.
    package let until: String?

    package init(
      step: String, title: String, undo: String? = nil, dueMs: Int64? = nil, until: String? = nil
    ) {
      self.step = step
      self.title = title
      self.undo = undo
      self.dueMs = dueMs
      self.until = until
    }

    package init(_ step: Step) {
      self.init(
        step: step.number, title: step.title, undo: step.settings.undo,
        dueMs: step.settings.due?.milliseconds, until: step.settings.until?.text)
    }
  }

  package let run: String
  package let system: String?
  /// The document's name, `high-error-rate`.
  package let playbook: String
  package let title: String
  /// The anchor of the section it is limited to.
  package let section: String?
  package let snapshot: Snapshot
  package let variables: [String: String]
  package let environment: String?
  /// In order, sub-steps after their step.
  package let steps: [Planned]
  /// The routine that is done with it.
  package let routine: Turn?

  /// One time that a routine is done.
  package struct Turn: Codable, Equatable, Sendable {
    package let title: String
    package let due: Instant?

    package init(title: String, due: Instant?) {
      self.title = title
      self.due = due
    }
  }
}

/// A value is given, or given anew; a secret's is not in it.
package struct RunVariableSet: Fact {
  package static let kind = "run.variable"
  package let run: String
  package let name: String
  /// Nil for a secret.
  package let value: String?
  package let secret: Bool?
  package let reason: String?
}

/// The run goes on with an edited document.
package struct RunMoved: Fact {
  package static let kind = "run.moved"
  package let run: String
  package let snapshot: RunStarted.Snapshot
  /// Steps whose state carries over, and steps that are no longer there, by their numbers in the text before.
  package let kept: [String]
  package let lost: [String]
  /// What the numbers of kept steps are now, where they are others: old to new.
  package let renumbered: [String: String]?
  /// All steps of the text that it goes by now, in order; nil where they are as before.
  package let steps: [RunStarted.Planned]?
}

package struct RunFinished: Fact {
  package static let kind = "run.finished"
  package let run: String
  package let outcome: RunOutcome
}

package enum RunOutcome: String, Codable, CaseIterable, Sendable {
  /// Every step was done, skipped or does not apply.
  case completed
  /// Ended with steps left.
  case stopped
}
