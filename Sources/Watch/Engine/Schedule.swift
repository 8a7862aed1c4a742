import Values

/// A fixed rate without drift: the n-th turn is due at the first plus n times the interval.
///
/// A turn that is late by a whole interval is skipped and counted, never made up for. When the wall clock
/// goes back, the next turn is at most one interval away.
package struct Schedule: Equatable, Sendable {
  package let every: Span
  package private(set) var next: Instant
  package private(set) var skipped = 0

  /// - Parameter every: at least a millisecond.
  package init(every: Span, first: Instant) {
    self.every = max(every, .milliseconds(1))
    next = first
  }

  /// Whether a turn is due at `now`; if so the next one is set.
  package mutating func takeTurn(at now: Instant) -> Bool {
    if next > now + every { next = now + every }
    guard next <= now else { return false }
    let late = (now - next).milliseconds / every.milliseconds
    skipped += Int(clamping: late)
    next = next + every * (late + 1)
    return true
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
