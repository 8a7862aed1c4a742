/// The clocks of a place: how far ahead of UTC they were, are and will be.
///
/// A value made of the bytes of a compiled zone file, so that whoever asks it opens no file.
package struct Zone: Hashable, Sendable {
  /// From ``at`` on, in seconds since 1970, clocks are ``offset`` seconds ahead of UTC.
  struct Change: Hashable, Sendable {
    let at: Int64
    let offset: Int
  }

  /// `Europe/Berlin`.
  package let name: String
  /// Before the first change.
  let first: Int
  /// In order of time.
  let changes: [Change]
  /// What holds after the last change.
  let rule: DaylightRule?

  init(name: String, first: Int, changes: [Change], rule: DaylightRule?) {
    self.name = name
    self.first = first
    self.changes = changes
    self.rule = rule
  }

  package static let utc = Zone(name: "UTC", first: 0, changes: [], rule: nil)

  /// Seconds ahead of UTC at `instant`.
  package func offset(at instant: Instant) -> Int {
    let seconds = instant.milliseconds.floorDivided(by: 1000)
    guard let last = changes.last else { return rule?.offset(at: seconds) ?? first }
    if seconds >= last.at { return rule?.offset(at: seconds) ?? last.offset }
    // The last change that is not later.
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : changes[low - 1].offset
  }

  /// What the clocks show at `instant`.
  package func civil(at instant: Instant) -> CivilTime { CivilTime(instant, offset: offset(at: instant)) }
}

extension Zone {
  /// When clocks show a time of day.
  package enum Showing: Hashable, Sendable {
    case once(Instant)
    /// They were set back over it, so it comes a second time.
    case twice(Instant, Instant)
    /// They are set forward over it, at that instant.
    case never(skippedAt: Instant)

    /// The first time; for one that is skipped the moment at which clocks jump past it.
    package var first: Instant {
      switch self {
      case .once(let instant), .twice(let instant, _), .never(let instant): instant
      }
    }
  }

  /// When the clocks of this zone show `civil`.
  package func showing(_ civil: CivilTime) -> Showing {
    let asUTC = civil.instant()
    // No clock is further than that from UTC, before a change or after it.
    let before = asUTC - .hours(26)
    let after = asUTC + .hours(26)
    let offsets = Set([before, asUTC, after].map { offset(at: $0) })
    let found = offsets.map { asUTC - .seconds(Int64($0)) }.filter { civil == self.civil(at: $0) }.sorted()
    if let one = found.first {
      return found.count > 1 ? .twice(one, found[found.count - 1]) : .once(one)
    }
    return .never(skippedAt: change(after: before, until: after))
  }

  /// The first instant after `start` at which the offset is another; `end` when there is none.
  private func change(after start: Instant, until end: Instant) -> Instant {
    let before = offset(at: start)
    var low = start.milliseconds.floorDivided(by: 1000)
    var high = end.milliseconds.floorDivided(by: 1000)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: Instant(milliseconds: middle * 1000)) == before { low = middle } else { high = middle }
    }
    return Instant(milliseconds: high * 1000)
  }
}
