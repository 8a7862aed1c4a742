package import Values

/// Keeps the state of one endpoint: counts results, looks up the table, tells what changed.
package struct EndpointMonitor: Hashable, Sendable {
  package let endpoint: String
  /// When ``state`` began; nil before the first change.
  package private(set) var since: Instant?
  package private(set) var failuresInARow = 0
  package private(set) var successesInARow = 0
  /// Why the last result was a failure; nil when it was none.
  package private(set) var lastReason: String?

  private let failures: Int
  private let successes: Int
  private let usualPatience: Span
  /// By how much longer than usual the next result is out.
  private var delay = Span.zero
  /// What results say, whatever is shown.
  package private(set) var observed = EndpointState.unknown
  /// Whether it goes up and down again and again.
  package private(set) var flapping: Flapping
  /// When something was heard last, or when we began to listen.
  private var heard: Instant?
  private var pause: String?
  /// Whether that pause is for something that only we lack, and ends with it.
  private var isUnable = false
  private var maintenance: String?
  /// What it depends on and is not up.
  private var block: String?

  /// Begins as unknown; paused, when the endpoint is held back.
  package init(_ endpoint: Endpoint) {
    self.endpoint = endpoint.name
    failures = max(1, endpoint.failures)
    successes = max(1, endpoint.successes)
    usualPatience = endpoint.every * 3 + endpoint.timeout
    pause = endpoint.heldBack
    flapping = Flapping(every: endpoint.every)
  }

  /// How long silence is none of its own.
  private var patience: Span { usualPatience + delay }

  package var state: EndpointState {
    EndpointTransitions.shown(
      observed, isPaused: pause != nil, isInMaintenance: maintenance != nil, isBlocked: block != nil)
  }

  /// What it depends on and is not up, while that is what its failures come from.
  package var blockedBy: String? { observed.isFailure ? block : nil }
  /// Whether one failure more makes it down.
  package var isBeforeItsFall: Bool { observed != .down && failuresInARow >= failures - 1 }

  /// When it becomes stale unless something is heard; nil while nobody listens.
  package var nextDeadline: Instant? {
    guard pause == nil, observed != .stale, let heard else { return nil }
    return heard + patience
  }

  /// Takes a result. Nil when the state stays.
  ///
  /// - Parameters:
  ///   - block: what it depends on and is not up.
  ///   - isFirst: whether failures before this one are not its own.
  package mutating func receive(
    _ observation: Observation, at now: Instant, blockedBy block: String? = nil, isFirst: Bool = false
  ) -> EndpointTransition? {
    let before = state
    let beforeFailures = failuresInARow
    if isFirst { (observed, failuresInARow, successesInARow) = (.unknown, 0, 0) }
    self.block = block
    if observation.verdict == .unable {
      // It is paused for as long as we cannot ask.
      isUnable = true
      return pause(observation.reason, at: now)
    }
    if isUnable {
      isUnable = false
      pause = nil
    }
    heard = max(heard ?? now, now)
    lastReason = observation.reason
    switch observation.verdict {
    case .success, .failure: return count(observation, from: before, after: beforeFailures, at: now)
    case .undecided: take(.undecided)
    case .unheard, .unable: break
    }
    return change(from: before, at: now, reason: observation.reason, took: observation.took)
  }

  private mutating func count(
    _ observation: Observation, from before: EndpointState, after beforeFailures: Int, at now: Instant
  ) -> EndpointTransition? {
    let former = observed
    if observation.isSuccess {
      successesInARow += 1
      failuresInARow = 0
      take(successesInARow >= successes ? .enoughSuccesses : .success)
    } else {
      failuresInARow += 1
      successesInARow = 0
      take(failuresInARow >= failures ? .enoughFailures : .failure)
    }
    if former == .up && observed.isFailure || former.isFailure && observed == .up, block == nil {
      flapping.note(at: now)
    }
    flapping.advance(to: now)
    let onRetry = former == .pending && observed == .up
    let reason = observation.reason ?? Self.recovery(after: beforeFailures, onRetry: onRetry)
    return change(
      from: before, at: now, reason: reason, code: observation.code, took: observation.took, onRetry: onRetry)
  }

  /// Notices silence. Nil when the state stays.
  package mutating func advance(to now: Instant) -> EndpointTransition? {
    guard pause == nil else { return nil }
    guard let heard else {
      self.heard = now
      return nil
    }
    guard now >= heard + patience else { return nil }
    let before = state
    failuresInARow = 0
    successesInARow = 0
    take(.silence)
    return change(from: before, at: now, reason: "no result for \((now - heard).short)")
  }

  /// What it depends on is not up, or (nil) it is none of that any more. Nil when the state stays.
  package mutating func block(by name: String?, at now: Instant) -> EndpointTransition? {
    let before = state
    block = name
    return change(from: before, at: now, reason: lastReason)
  }

  /// Results come, and are not looked at: that is no silence.
  package mutating func listen(at now: Instant) {
    guard pause == nil else { return }
    heard = max(heard ?? now, now)
  }

  /// Begins or (nil) ends a maintenance window of that title. Nil when the state stays.
  package mutating func maintain(_ title: String?, at now: Instant) -> EndpointTransition? {
    let before = state
    maintenance = title
    return change(from: before, at: now, reason: title ?? lastReason)
  }

  /// Pauses, or (nil) begins anew. Nil when the state stays.
  package mutating func pause(_ reason: String?, at now: Instant) -> EndpointTransition? {
    let before = state
    pause = reason
    observed = .unknown
    (failuresInARow, successesInARow, heard, lastReason) = (0, 0, reason == nil ? now : nil, nil)
    return change(from: before, at: now, reason: reason)
  }

  /// The next poll is put off by so much: silence until then says nothing.
  package mutating func expect(delay: Span) { self.delay = max(.zero, delay) }

  /// The clock went on by `span` without anybody listening, or was set by it: patience goes on from where it was.
  package mutating func bridge(_ span: Span) {
    heard = heard.map { $0 + span }
  }

  private mutating func take(_ signal: EndpointSignal) {
    observed = EndpointTransitions.next(observed, signal)
  }

  private mutating func change(
    from before: EndpointState, at now: Instant, reason: String?, code: Int? = nil, took: Span? = nil,
    onRetry: Bool = false
  ) -> EndpointTransition? {
    guard state != before else { return nil }
    since = now
    return EndpointTransition(
      endpoint: endpoint, from: before, to: state, at: now, reason: reason, code: code, took: took,
      blockedBy: state == .blocked ? block : nil, recoveredOnRetry: onRetry)
  }

  private static func recovery(after failures: Int, onRetry: Bool) -> String? {
    guard failures > 0 else { return nil }
    let count = "\(failures) \(failures == 1 ? "failure" : "failures")"
    return onRetry ? "recovered on retry after \(count)" : "answers again after \(count)"
  }
}
