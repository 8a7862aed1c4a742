import Incidents
import Values

/// What a ticket's clocks have to know of its life, in any order: it is looked at as a whole.
package struct ClockHistory: Codable, Equatable, Sendable {
  /// From then on it has that severity.
  package struct Change: Codable, Hashable, Sendable {
    package let at: Instant
    package let severity: Severity
  }

  /// A time in which its clocks stand still.
  package struct Pause: Codable, Hashable, Sendable {
    package let from: Instant
    /// Nil while it lasts.
    package internal(set) var until: Instant?
    /// A state such as `pending_user` or `resolved`, `third_party`, an incident such as `INC-3`.
    package let why: String
  }

  package private(set) var started: Instant
  package private(set) var severities: [Change]
  package private(set) var pauses: [Pause] = []
  /// When what a clock asks for was done, by ``TicketClock``; resolving is undone by reopening.
  package var met: [String: Instant] = [:]

  package init(started: Instant, severity: Severity) {
    self.started = started
    severities = [Change(at: started, severity: severity)]
  }

  /// The targets and hours of `severity` count from the ticket's start, every pause stays.
  package mutating func changeSeverity(to severity: Severity, at instant: Instant) {
    severities.append(Change(at: instant, severity: severity))
  }

  /// Clocks stand still for `why`; nothing when they do for that already.
  package mutating func pause(for why: String, at instant: Instant) {
    guard !pauses.contains(where: { $0.why == why && $0.until == nil }) else { return }
    pauses.append(Pause(from: instant, until: nil, why: why))
  }

  /// Counts from another start; what stood still before `own`, the start that it had first, is `earlier` now.
  mutating func begin(at start: Instant, pausing earlier: [Pause], before own: Instant) {
    started = start
    pauses.removeAll { pause in pause.from < own && pause.until.map { $0 <= own } ?? false }
    pauses =
      earlier.filter { $0.from < own }.map { pause in
        Pause(from: pause.from, until: min(pause.until ?? own, own), why: pause.why)
      } + pauses
  }

  /// `why` is over; clocks go on when nothing else holds them.
  package mutating func resume(from why: String, at instant: Instant) {
    guard let index = pauses.lastIndex(where: { $0.why == why && $0.until == nil }) else { return }
    pauses[index].until = max(instant, pauses[index].from)
  }
}

extension ClockHistory {
  /// The severity that the ticket has at `instant`; its first before its start.
  package func severity(at instant: Instant) -> Severity {
    // The last said of several at the same instant.
    let known = severities.filter { $0.at <= instant }
    let latest = known.map(\.at).max()
    return known.last { $0.at == latest }?.severity ?? severities.first?.severity ?? .s3
  }

  /// As it stood at `now`: what came later is left out.
  func known(at now: Instant) -> Self {
    var history = self
    history.severities = severities.filter { $0.at <= max(now, started) }
    history.pauses = pauses.filter { $0.from <= now }
    history.met = met.filter { $0.value <= now }
    return history
  }

  /// By whole seconds: each instant is the beginning of the second in which it lies, so that what a ledger
  /// shows adds up to the second.
  var inSeconds: Self {
    var history = Self(started: started.wholeSecond, severity: .s3)
    history.severities = severities.map { Change(at: $0.at.wholeSecond, severity: $0.severity) }
    history.pauses = pauses.map {
      Pause(from: $0.from.wholeSecond, until: $0.until.map(\.wholeSecond), why: $0.why)
    }
    history.met = met.mapValues(\.wholeSecond)
    return history
  }
}

extension Instant {
  /// The beginning of the second in which it lies.
  var wholeSecond: Instant {
    Instant(milliseconds: milliseconds.floorDivided(by: 1000).multipliedSaturating(by: 1000))
  }
}
