import Values

/// What a playbook's front matter says of one step.
package struct StepSettings: Equatable, Sendable {
  package enum Output: String, Equatable, Sendable {
    case kept
    /// Only its digest is kept.
    case secret
  }

  package var role: String?
  /// From the run's start.
  package var due: Span?
  /// The beginning of the text of the step that takes it back, or words.
  package var undo: String?
  /// Changes nothing: may repeat.
  package var isCheck = false
  /// Of its commands, over the playbook's.
  package var timeout: Span?
  package var every: Span?
  package var repeatsFor: Span?
  /// What exit statuses other than 0 mean; any that is not named is a failure.
  package var exits: [Int: String] = [:]
  package var output = Output.kept
  /// Ends with the run.
  package var isBackground = false
  /// Ticks itself when this holds.
  package var until: Until?

  package init() {}
}

/// When a step ticks itself.
package enum Until: Hashable, Sendable {
  case alert(String, isFiring: Bool)
  case endpoint(String, isUp: Bool)
  /// A PromQL comparison that holds once it returns something.
  case query(String)

  /// `PackErrorRatePage resolved`, `health up`; anything else is a query.
  package init(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2, let name = words.first, let state = words.last else {
      self = .query(text)
      return
    }
    switch state {
    case "resolved": self = .alert(name, isFiring: false)
    case "firing": self = .alert(name, isFiring: true)
    case "up": self = .endpoint(name, isUp: true)
    case "down": self = .endpoint(name, isUp: false)
    default: self = .query(text)
    }
  }

  /// As the front matter writes it.
  package var text: String {
    switch self {
    case .alert(let name, let isFiring): "\(name) \(isFiring ? "firing" : "resolved")"
    case .endpoint(let name, let isUp): "\(name) \(isUp ? "up" : "down")"
    case .query(let text): text
    }
  }
}
