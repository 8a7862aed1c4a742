import Values

extension Incident {
  /// Something that somebody was asked to do.
  package struct Task: Codable, Equatable, Sendable {
    /// `INC-1/2`.
    package let id: String
    package let title: String
    package internal(set) var owner: String?
    /// The end of its time box.
    package internal(set) var due: Instant?
    /// When it was done, or dropped.
    package internal(set) var done: Instant?
    /// Who did or dropped it.
    package internal(set) var doneBy: String?
    /// What came of it, or why it was dropped.
    package internal(set) var outcome: String?
    package internal(set) var isDropped = false
    /// Who asked for it, and when.
    package let by: String
    package let at: Instant

    package var isOpen: Bool { done == nil }
  }
}
