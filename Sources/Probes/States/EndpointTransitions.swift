/// The table of endpoint states: what each signal makes of each state that results can lead to.
///
/// `successes` counts on the way out of down only: one result is enough to know more than nothing, and
/// a pending endpoint was never down. Not knowing takes nobody out of down: what may still be down has not come
/// back. What else is shown lies over the table, see ``shown(_:isPaused:isInMaintenance:isBlocked:)``.
package enum EndpointTransitions {
  package struct Row: Hashable, Sendable {
    package let from: EndpointState
    package let signal: EndpointSignal
    package let to: EndpointState
  }

  /// One row for each state and signal.
  package static let rows: [Row] = [
    row(
      .unknown, success: .up, enoughSuccesses: .up, failure: .pending, enoughFailures: .down, silence: .stale,
      undecided: .unknown),
    row(
      .up, success: .up, enoughSuccesses: .up, failure: .pending, enoughFailures: .down, silence: .stale,
      undecided: .unknown),
    row(
      .pending, success: .up, enoughSuccesses: .up, failure: .pending, enoughFailures: .down, silence: .stale,
      undecided: .pending),
    row(
      .down, success: .down, enoughSuccesses: .up, failure: .down, enoughFailures: .down, silence: .stale,
      undecided: .down),
    row(
      .stale, success: .up, enoughSuccesses: .up, failure: .pending, enoughFailures: .down, silence: .stale,
      undecided: .unknown),
  ].flatMap { $0 }

  /// The state after `signal`; the same where the table says nothing.
  package static func next(_ state: EndpointState, _ signal: EndpointSignal) -> EndpointState {
    lookup[state]?[signal] ?? state
  }

  /// What is shown: a pause hides maintenance, and maintenance hides what results say; a failure is shown as
  /// blocked while something that the endpoint depends on is not up.
  package static func shown(
    _ observed: EndpointState, isPaused: Bool, isInMaintenance: Bool, isBlocked: Bool = false
  ) -> EndpointState {
    if isPaused { return .paused }
    if isInMaintenance { return .maintenance }
    return isBlocked && observed.isFailure ? .blocked : observed
  }

  private static let lookup = Dictionary(grouping: rows, by: \.from).mapValues { rows in
    Dictionary(rows.map { ($0.signal, $0.to) }) { first, _ in first }
  }

  private static func row(
    _ from: EndpointState, success: EndpointState, enoughSuccesses: EndpointState, failure: EndpointState,
    enoughFailures: EndpointState, silence: EndpointState, undecided: EndpointState
  ) -> [Row] {
    [
      Row(from: from, signal: .success, to: success),
      Row(from: from, signal: .enoughSuccesses, to: enoughSuccesses),
      Row(from: from, signal: .failure, to: failure),
      Row(from: from, signal: .enoughFailures, to: enoughFailures),
      Row(from: from, signal: .silence, to: silence),
      Row(from: from, signal: .undecided, to: undecided),
    ]
  }
}
