import Alerting
import Incidents
import Systems
import Values

/// What a system keeps between evaluations of that which mutes its alerts.
struct MutingState: Sendable {
  /// Silences that are not over, with their matchers; one whose matchers nobody can read hides nothing.
  private(set) var silences: [(silence: Silence, matchers: SilenceMatchers)] = []
  private(set) var windows: [HeldWindow] = []
  /// Until when alerts wait for rules that could inhibit them; see ``Mutings``.
  private(set) var waitsUntil: Instant?
  private var advancedTo: Instant?
  /// When something begins or ends next.
  private(set) var nextChange: Instant?

  /// Longer nobody waits for a rule that is evaluated seldom.
  static let patience = Span.minutes(1)

  init() {}

  mutating func take(_ silences: [Silence]) {
    self.silences = silences.compactMap { silence in
      silence.fact.flatMap { SilenceMatchers(stored: $0.matchers) }.map { (silence, $0) }
    }
    // When the next of them begins or ends is to be found anew.
    advancedTo = nil
    nextChange = Instant(milliseconds: .min)
  }

  mutating func take(_ folder: SystemFolder, isFresh: Bool, at now: Instant) {
    windows = folder.maintenance.compactMap { window in
      let zone = window.zone.map { $0 == "UTC" ? Zone.utc : folder.zones[$0] } ?? .utc
      return zone.map { HeldWindow(window, zone: $0, endpoints: folder.endpoints) }
    }
    if isFresh, !folder.inhibitRules.isEmpty { waitsUntil = now + Self.patience }
    advancedTo = nil
    nextChange = Instant(milliseconds: .min)
  }

  /// Goes on to `now`; whether anything can have begun or ended since, a clock that was set included.
  mutating func advance(to now: Instant) -> Bool {
    guard let advancedTo, now >= advancedTo, nextChange.map({ now < $0 }) ?? true else {
      for index in windows.indices { windows[index].advance(to: now) }
      if let waitsUntil, waitsUntil <= now || waitsUntil - now > Self.patience { self.waitsUntil = nil }
      nextChange = next(after: now)
      advancedTo = now
      return true
    }
    self.advancedTo = now
    return false
  }

  private func next(after now: Instant) -> Instant? {
    let ends = silences.flatMap { [$0.silence.fact?.start, $0.silence.end].compactMap { $0 } }
    return (ends + windows.compactMap(\.nextChange) + [waitsUntil].compactMap { $0 }).filter { $0 > now }
      .min()
  }

  func held(at now: Instant) -> [HeldWindow] { windows.filter { $0.current.map { now < $0.end } ?? false } }
}
