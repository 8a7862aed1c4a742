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
