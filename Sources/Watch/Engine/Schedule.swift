import Values

/// A fixed rate without drift: the n-th turn is due at the first plus n times the interval.
///
/// A turn that is late by a whole interval is skipped and counted, never made up for.
package struct Schedule: Equatable, Sendable {
  package let every: Span
  package private(set) var next: Uptime
  package private(set) var skipped = 0
  /// Where the rate begins when that is not at the first turn.
  private var second: Uptime?
  /// By how many turns the next one is put off.
  private(set) var postponed: Int64 = 0

  /// - Parameters:
  ///   - every: at least a millisecond.
  ///   - second: of the second turn, from which on the rate counts; nil: from the first.
  package init(every: Span, first: Uptime, second: Uptime? = nil) {
    self.every = max(every, .milliseconds(1))
    next = first
    self.second = second
  }

  /// Whether a turn is due at `now`; if so the next one is set.
  package mutating func takeTurn(at now: Uptime) -> Bool {
    guard next <= now else { return false }
    postponed = 0
    if let second {
      self.second = nil
      if second > now {
        next = second
        return true
      }
    }
    let late = (now - next).milliseconds / every.milliseconds
    skipped += Int(clamping: late)
    next = next + every * (late.addingSaturating(1))
    return true
  }

  /// The next turn is at `first`, and the rate counts from there or from `second`.
  package mutating func begin(at first: Uptime, second: Uptime? = nil) {
    next = first
    self.second = second
    postponed = 0
  }

  /// Leaves out that many turns; they count as neither taken nor skipped, and the rate stays what it is.
  package mutating func postpone(by turns: Int64) {
    let turns = max(0, turns)
    next = next + every * turns
    postponed = postponed.addingSaturating(turns)
  }

  /// Takes back ``postpone(by:)``: the next turn is the first of the rate that is not over at `now`.
  package mutating func resume(at now: Uptime) {
    guard postponed > 0 else { return }
    let early = min(postponed, max(0, (next - now).milliseconds / every.milliseconds))
    next = next + every * (0 - early)
    postponed = 0
  }

  /// A place within `window` that is always the same for the same name, so that starts do not coincide
  /// (FNV-1a over the name).
  package static func jitter(of name: String, within window: Span) -> Span {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    guard window.milliseconds > 0 else { return .zero }
    return .milliseconds(Int64(hash % UInt64(window.milliseconds)))
  }
}
