/// How far something to send has come.
package enum OutboxState: String, Codable, CaseIterable, Sendable {
  /// `erased`: its text was erased before it went out.
  case queued, claimed, sent, failed, unknown, copied, erased
}

/// An act moves something that was queued: the event that says so and the row of the outbox are one commit.
package struct OutboxMove: Sendable, Equatable {
  package let destination: String
  package let key: String
  package let to: OutboxState

  package init(destination: String, key: String, to: OutboxState) {
    self.destination = destination
    self.key = key
    self.to = to
  }
}
