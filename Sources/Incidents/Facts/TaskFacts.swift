import Values

/// Somebody is asked to do something in an incident.
package struct IncidentTaskAdded: Fact {
  package static let kind = "incident.task"
  /// `INC-1/2`.
  package let task: String
  package let title: String
  /// A handle.
  package let owner: String?
  /// The end of its time box.
  package let due: Instant?
}

/// A task has another owner or another time; carries both as they are now.
package struct IncidentTaskGiven: Fact {
  package static let kind = "incident.task_given"
  package let task: String
  package let title: String
  package let owner: String?
  package let due: Instant?
  package let reason: String?
}

/// A task is done.
package struct IncidentTaskDone: Fact {
  package static let kind = "incident.task_done"
  package let task: String
  /// Nil in events that did not say.
  package let title: String?
  package let outcome: String?
}

/// Nobody does a task any more.
package struct IncidentTaskDropped: Fact {
  package static let kind = "incident.task_dropped"
  package let task: String
  package let title: String
  package let reason: String
}

/// A task that was done or dropped is to be done after all; without a time until somebody gives it one.
package struct IncidentTaskReopened: Fact {
  package static let kind = "incident.task_reopened"
  package let task: String
  package let title: String
  package let due: Instant?
  package let reason: String?
}
