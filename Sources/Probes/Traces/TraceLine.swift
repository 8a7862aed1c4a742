/// One line of a trace to read, harmless on a terminal.
package struct TraceLine: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    /// How it all turned out, and an assertion.
    case good, bad
    /// It turned out neither way.
    case unknown
    /// A request.
    case heading
    case plain
    /// What matters less: the body, and what every answer has.
    case aside
    case sent, received
  }

  package let role: Role
  /// Levels of indentation.
  package let depth: Int
  package let text: String

  init(_ role: Role, _ text: String, depth: Int = 0) {
    self.role = role
    self.depth = depth
    self.text = text
  }
}
