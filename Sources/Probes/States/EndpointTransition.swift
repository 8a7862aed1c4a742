package import Values

/// One change of an endpoint's state: an event. A repetition is none.
package struct EndpointTransition: Hashable, Sendable {
  package let endpoint: String
  package let from: EndpointState
  package let to: EndpointState
  package let at: Instant
  /// One phrase: why it failed, why it is not polled, how it came back; nil when there is nothing to say.
  package let reason: String?
  /// Of the observation that led here.
  package let code: Int?
  package let took: Span?
  /// What it depends on and is not up itself; nil in every state but ``EndpointState/blocked``.
  package let blockedBy: String?
  /// It failed, and then did not, before it was called down.
  package let recoveredOnRetry: Bool
}
