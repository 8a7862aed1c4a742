import Values

/// How much is open, and when so much has been. Both go by stretches of one offset from UTC, within which local
/// time is UTC moved along; so a month costs a handful of steps whatever the hours are.
extension WorkingHours {
  /// 1900-01-01 and 2400-01-01.
  private static let range: ClosedRange<Int64> = -2_208_988_800_000...13_569_465_600_000

  /// How far to look for another offset at once. No zone of the IANA database has since 1970 kept an offset for
  /// less than 6.9 days before it went back to the one before (America/Boa_Vista, October 2000).
  private static let stride: Int64 = 6 * DayPattern.day

  static func clamped(_ instant: Instant) -> Int64 {
    min(max(instant.milliseconds, range.lowerBound), range.upperBound)
  }

  /// How much of the time from `start` to `end` is open; zero when `end` is not later.
  package func open(between start: Instant, and end: Instant) -> Span {
    let (from, until) = (Self.clamped(start), Self.clamped(end))
    guard from < until else { return .zero }
    guard let week else { return .milliseconds(until - from) }
    var open: Int64 = 0
    eachOffset(from: from, until: until) { from, until, offset in
      open += week.open(before: until + offset) - week.open(before: from + offset)
      return true
    }
    return .milliseconds(open)
  }

  /// The earliest instant by which `span` of the time since `start` was open: the end of the hours rather than
  /// the next opening. `start` itself for no span; nil when it is not reached before 2400, as where no hours are.
  package func instant(after span: Span, from start: Instant) -> Instant? {
    guard span > .zero else { return start }
    let from = Self.clamped(start)
    guard let week else {
      let end = from.addingSaturating(span.milliseconds)
      return end <= Self.range.upperBound ? Instant(milliseconds: end) : nil
    }
    guard week.opens else { return nil }
    var rest = span.milliseconds
    var found: Int64?
    eachOffset(from: from, until: Self.range.upperBound) { from, until, offset in
      let before = week.open(before: from + offset)
      let open = week.open(before: until + offset) - before
      guard open >= rest else {
        rest -= open
        return true
      }
      found = Self.local(when: before + rest, after: from + offset, in: week) - offset
      return false
    }
    return found.map { Instant(milliseconds: $0) }
  }

  /// Open and closed stretches in order, without gaps; neighbours differ in kind.
  ///
  /// - Parameter most: where more would come the answer ends with the last that fits.
  package func stretches(from start: Instant, until end: Instant, most: Int = 20_000) -> [Stretch] {
    let (from, until) = (Self.clamped(start), Self.clamped(end))
    guard from < until else { return [] }
    guard let week else {
      return [Stretch(from: Instant(milliseconds: from), until: Instant(milliseconds: until), kind: .open)]
    }
    var stretches: [Stretch] = []
    eachOffset(from: from, until: until) { from, until, offset in
      var local = from + offset
      let end = until + offset
      while local < end {
        let day = local.floorDivided(by: DayPattern.day)
        guard let piece = week.pattern(of: day).piece(at: local - day * DayPattern.day) else { return false }
        let next = min(day * DayPattern.day + piece.until, end)
        var begin = Instant(milliseconds: local - offset)
        if let last = stretches.last, last.kind == piece.kind {
          begin = last.from
          stretches.removeLast()
        } else if stretches.count >= most {
          return false
        }
        stretches.append(
          Stretch(from: begin, until: Instant(milliseconds: next - offset), kind: piece.kind))
        local = next
      }
      return true
    }
    return stretches
  }

  /// How much of the time from `start` to `end` is closed because of holidays. O(holidays).
  func holiday(between start: Instant, and end: Instant) -> Span {
    guard let week else { return .zero }
    let (from, until) = (Self.clamped(start), Self.clamped(end))
    var total = Span.zero
    var done = from
    for day in week.exceptionDays {
      // No zone is a day away from UTC.
      let begin = max(done, (day - 1) * DayPattern.day)
      let finish = min(until, (day + 2) * DayPattern.day)
      guard begin < finish else { continue }
      done = finish
      total =
        stretches(from: Instant(milliseconds: begin), until: Instant(milliseconds: finish), most: .max)
        .filter { $0.kind == .holiday }.reduce(total) { $0 + $1.length }
    }
    return total
  }

  /// The earliest local time at which ``WorkingWeek/open(before:)`` is `open`, which is more than at `start`.
  private static func local(when open: Int64, after start: Int64, in week: WorkingWeek) -> Int64 {
    var day = start.floorDivided(by: DayPattern.day)
    // At most as many days as eachOffset takes at once.
    while week.open(beforeDay: day + 1) < open { day += 1 }
    return day * DayPattern.day + week.pattern(of: day).time(when: open - week.open(beforeDay: day))
  }

  /// Calls `body` with stretches in order, each of one offset, in milliseconds, until it returns false.
  private func eachOffset(
    from start: Int64, until end: Int64, _ body: (_ from: Int64, _ until: Int64, _ offset: Int64) -> Bool
  ) {
    func offset(_ time: Int64) -> Int64 { Int64(zone.offset(at: Instant(milliseconds: time))) * 1000 }
    var (time, current) = (start, offset(start))
    while time < end {
      var next = min(time + Self.stride, end)
      let after = offset(next)
      if after != current { next = change(from: time, until: next, offset, current) }
      guard body(time, next, current) else { return }
      (time, current) = (next, next < end ? offset(next) : after)
    }
  }

  /// The first whole second after `start` at which the offset is another, known to come by `end`.
  private func change(
    from start: Int64, until end: Int64, _ offset: (Int64) -> Int64, _ current: Int64
  ) -> Int64 {
    var (low, high) = (start.floorDivided(by: 1000), end.floorDivided(by: 1000))
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(middle * 1000) == current { low = middle } else { high = middle }
    }
    return high * 1000
  }
}
