import Values

/// The time of a promise, with its date wherever the time of day alone could be another day's.
extension Instant {
  /// `2026-11-21 03:08 UTC`.
  package var dateMinuteUTC: String {
    let t = CivilTime(self)
    return
      "\(t.year.padded(4))-\(t.month.padded(2))-\(t.day.padded(2)) \(t.hour.padded(2)):\(t.minute.padded(2)) UTC"
  }

  /// `03:08Z`, or `2026-11-21 03:08Z` on another day than that of `now`.
  package func minuteUTC(at now: Instant) -> String {
    let t = CivilTime(self)
    guard t.daysSinceEpoch != CivilTime(now).daysSinceEpoch else { return minuteUTC }
    return "\(t.year.padded(4))-\(t.month.padded(2))-\(t.day.padded(2)) \(minuteUTC)"
  }
}
