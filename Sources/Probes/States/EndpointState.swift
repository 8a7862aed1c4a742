/// What is known of an endpoint. Up, down and *don't know* are three answers.
package enum EndpointState: String, CaseIterable, Hashable, Sendable {
  /// Not probed yet, or what was probed could not tell.
  case unknown
  case up
  /// Failed, but not yet as often as it takes to be down.
  case pending
  case down
  /// No result for too long.
  case stale
  /// In a maintenance window: still polled, whatever comes back.
  case maintenance
  /// Never polled.
  case paused
  /// Failed while something that it depends on is not up either.
  case blocked

  /// Whether the last results were failures.
  package var isFailure: Bool { self == .pending || self == .down }
  /// Whether what depends on it cannot be expected to work.
  package var blocksOthers: Bool { isFailure || self == .stale }
}

/// What happens to an endpoint, with its counts already looked at.
package enum EndpointSignal: String, CaseIterable, Hashable, Sendable {
  /// One that does not yet make `successes` in a row.
  case success
  case enoughSuccesses
  /// One that does not yet make `failures` in a row.
  case failure
  case enoughFailures
  /// No result for three intervals and a timeout.
  case silence
  /// A result that tells neither: a plugin's UNKNOWN.
  case undecided
}
