import Values

/// Where a system runs: staging, production.
package struct Environment: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case live
    /// Shown, not polled.
    case paused
    /// Shown, never polled, never run.
    case reference
  }

  package let name: String
  /// What a target that begins with `/` is relative to.
  package let base: String?
  package let state: State
  package let about: String?

  package init(name: String, base: String?, state: State = .live, about: String? = nil) {
    self.name = name
    self.base = base
    self.state = state
    self.about = about
  }
}

/// A page to open: a dashboard, the status page.
package struct Link: Hashable, Sendable {
  package let name: String
  package let url: String
}

/// Whom to call: a role, and how to reach it here.
package struct Contact: Hashable, Sendable {
  package let role: String
  package let reach: String
  /// For what, in the document's words.
  package let about: String?
  /// What to do when nobody answers.
  package let then: String?
}
