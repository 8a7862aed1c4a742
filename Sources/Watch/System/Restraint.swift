import Probes
import Values

/// Why an endpoint is polled less often than it says: it was out of reach for a while, or it asks for patience.
///
/// That it comes back is noticed soon all the same: polls keep their pace for the first minute, and are at most four
/// intervals, or two minutes, apart behind it.
struct Restraint: Sendable {
  /// Nil while it is polled at its own rate.
  private(set) var cause: EndpointRow.Delay?
  /// Since when nobody was reached, and how often in a row.
  private var unreached: (since: Uptime, times: Int)?
  private var doublings = 0

  /// For so long, and so often, it is tried at its own rate.
  private static let grace = (time: Span.minutes(1), times: 3)
  private static let longest = (intervals: Int64(4), time: Span.minutes(2))
  /// A server that asks for more patience gets no more than this: rules look back five minutes, and what is not
  /// heard of for longer would be no failure to them any more.
  static let longestAsked = Span.minutes(4)

  /// Takes what came back, and says how many turns to leave out.
  ///
  /// - Parameter next: when it would be polled at its own rate.
  mutating func turns(after observation: Observation, of endpoint: Endpoint, next: Uptime, at now: Uptime)
    -> Int64
  {
    cause = nil
    if let asked = observation.retryAfter {
      unreached = nil
      doublings = 0
      let turns = Self.turns(
        until: now + min(max(.zero, asked), Self.longestAsked), from: next, endpoint.every)
      if turns > 0 { cause = .retryAfter }
      return turns
    }
    // Whoever follows a log must come back before its place there is forgotten.
    guard observation.isUnreached, endpoint.backsOff, endpoint.kind != .log else {
      unreached = nil
      doublings = 0
      return 0
    }
    let before = unreached ?? (since: now, times: 0)
    unreached = (before.since, before.times + 1)
    guard before.times + 1 >= Self.grace.times, now - before.since >= Self.grace.time else { return 0 }
    doublings = min(doublings + 1, 16)
    let fits = max(1, Self.longest.time.milliseconds / max(1, endpoint.every.milliseconds))
    let factor = min(1 << Int64(doublings), Self.longest.intervals, fits)
    if factor > 1 { cause = .backedOff }
    return factor - 1
  }

  /// The first turn that is not before `time`.
  private static func turns(until time: Uptime, from next: Uptime, _ every: Span) -> Int64 {
    let wait = (time - next).milliseconds
    let step = max(1, every.milliseconds)
    return wait <= 0 ? 0 : wait / step + (wait % step == 0 ? 0 : 1)
  }
}
