/// The hours of one weekday: those that begin on it, and those that reach into it from the day before.
struct WorkingWeekday {
  private struct Edge {
    let at: Int64
    /// Whether the hours began on the day before.
    let isFromBefore: Bool
    let step: Int
  }

  /// In order of time.
  private let edges: [Edge]
  private let hasOwnHours: Bool

  init(_ weekday: Int, _ hours: [BusinessCalendar.Hours]) {
    var edges: [Edge] = []
    func add(_ from: Int, _ until: Int, isFromBefore: Bool) {
      guard from < until else { return }
      edges.append(Edge(at: Int64(from) * 60_000, isFromBefore: isFromBefore, step: 1))
      edges.append(Edge(at: Int64(until) * 60_000, isFromBefore: isFromBefore, step: -1))
    }
    for one in hours where (0..<1440).contains(one.from) && (0...1440).contains(one.until) {
      let crosses = one.until <= one.from
      if one.days.contains(weekday) { add(one.from, crosses ? 1440 : one.until, isFromBefore: false) }
      if crosses, one.days.contains((weekday + 6) % 7) { add(0, one.until, isFromBefore: true) }
    }
    hasOwnHours = edges.contains { !$0.isFromBefore }
    self.edges = edges.sorted { $0.at < $1.at }
  }

  /// A holiday closes the hours that begin on it, and nothing of those that began before.
  func pattern(isHoliday: Bool, followsHoliday: Bool) -> DayPattern {
    var (own, fromBefore) = (0, 0)
    var stretches: [(until: Int64, kind: WorkingHours.Stretch.Kind)] = []
    func close(at time: Int64) {
      let isOpen = own > 0 && !isHoliday || fromBefore > 0 && !followsHoliday
      let isHolidays = isHoliday && hasOwnHours || followsHoliday && fromBefore > 0
      stretches.append((time, isOpen ? .open : isHolidays ? .holiday : .closed))
    }
    for edge in edges {
      close(at: edge.at)
      if edge.isFromBefore { fromBefore += edge.step } else { own += edge.step }
    }
    close(at: DayPattern.day)
    return DayPattern(stretches)
  }
}
