import Values

/// How long to wait before a delivery is tried again, and how often.
package struct RetryPolicy: Equatable, Sendable {
  /// About the pause after the first try; each further one is twice as long, up to ``longest``.
  package var first: Span
  package var longest: Span
  /// After so many it is a person's.
  package var tries: Int
  /// A destination may ask for so long a pause at most.
  package var patience: Span

  /// Fourteen tries in about half an hour.
  package init(
    first: Span = .seconds(1), longest: Span = .minutes(5), tries: Int = 14, patience: Span = .hours(1)
  ) {
    self.first = first
    self.longest = longest
    self.tries = tries
    self.patience = patience
  }

  /// Nil when there was enough of it.
  ///
  /// Half of the pause is fixed and half is spread by the key ("equal jitter"), so that what failed together does not
  /// come back together, and the same delivery always waits as long.
  ///
  /// - Parameters:
  ///   - done: tries so far, the failed one included.
  ///   - asked: what the destination asked for.
  package func pause(after done: Int, key: String, asked: Span? = nil) -> Span? {
    guard done < tries else { return nil }
    let doublings = min(max(0, done - 1), 40)
    let whole = min(longest, first * (Int64(1) << Int64(doublings)))
    let half = whole.milliseconds / 2
    let spread = Int64(Self.fraction(of: "\(key) \(done)") * Double(whole.milliseconds - half))
    return max(.milliseconds(half + spread), min(asked ?? .zero, patience))
  }

  /// From 0 up to 1, the same for the same text: FNV-1a, mixed as splitmix64 does.
  private static func fraction(of text: String) -> Double {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return Double((hash ^ hash >> 31) >> 11) / Double(1 << 53)
  }
}
