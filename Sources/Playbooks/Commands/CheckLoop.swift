import Values

/// Repeats a check until it passes: when to try, and when to leave it at that.
///
/// The first try is due at once, each later one `every` after the one before began, and none begins after `limit`;
/// one begins at that moment, however short of `every` that is.
package struct CheckLoop: Equatable, Sendable {
  package enum Input: Equatable, Sendable {
    /// Time has passed.
    case tick
    /// How a try ended.
    case ended(passed: Bool)
    /// No try can change it: it was cancelled, or there was nothing to run.
    case abandoned
  }

  package enum Effect: Equatable, Sendable {
    /// Try it now; answered by ``Input/ended(passed:)``.
    case attempt
    /// It is over, as the last try ended.
    case finish
  }

  private enum State: Equatable {
    case waiting(until: Instant)
    case trying(since: Instant)
    case over
  }

  /// Between the beginnings of two tries, where nothing is said.
  package static let defaultPace = Span.seconds(10)
  /// Between the end of a try and the next, at least.
  package static let shortestPause = Span.seconds(1)

  private let every: Span
  private let limit: Instant?
  private let isRepeated: Bool
  private var state: State
  /// Tries that were begun.
  package private(set) var tries = 0

  /// - Parameters:
  ///   - every: nil with a `limit`: ``defaultPace``.
  ///   - limit: how long it is tried; nil with an `every`: until it passes or is cancelled. Both nil: once.
  package init(every: Span?, for limit: Span?, at now: Instant) {
    self.every = max(.milliseconds(1), every ?? Self.defaultPace)
    self.limit = limit.map { now + $0 }
    isRepeated = every != nil || limit != nil
    state = .waiting(until: now)
  }

  /// When ``Input/tick`` is due; nil while a try is under way, and once it is over.
  package var nextDeadline: Instant? {
    if case .waiting(let until) = state { until } else { nil }
  }

  package var isOver: Bool { state == .over }

  package mutating func receive(_ input: Input, at now: Instant) -> Effect? {
    switch (input, state) {
    case (_, .over): return nil
    case (.tick, .waiting(let until)):
      guard until <= now else { return nil }
      tries += 1
      state = .trying(since: now)
      return .attempt
    case (.tick, .trying): return nil
    case (.ended(let passed), .trying(let since)):
      guard !passed, isRepeated, limit.map({ now < $0 }) ?? true else { return finish() }
      let next = max(since + every, now + min(every, Self.shortestPause))
      state = .waiting(until: limit.map { min($0, next) } ?? next)
      return nil
    case (.ended, .waiting): return nil
    case (.abandoned, _): return finish()
    }
  }

  private mutating func finish() -> Effect {
    state = .over
    return .finish
  }
}
