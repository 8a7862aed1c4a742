import Values

/// The moments by which it is measured.
extension IncidentReport {
  var keyTimeBlocks: [RetroBlock] {
    let rows = keyTimes.map { time -> [RetroTable.Cell] in
      [.init(time.words), .init(time.at.dateClockUTC)] + local(time.at)
        + [.init(Self.sinceStart(time))]
    }
    return Self.table("Key times", ["What", "UTC"] + zoneHeading + ["Since start"], rows)
      + disorder.map { .warning("Out of order: \($0).") }
  }

  /// Never negative: what came before the start has no time since it.
  private static func sinceStart(_ time: KeyTime) -> String {
    if time.name == KeyTime.start { return "" }
    return time.sinceStart < .zero ? "before it" : "+\(time.sinceStart.short)"
  }

  /// The zone's name, unless it is UTC itself.
  var zoneHeading: [String] { zone.isUTC ? [] : [zone.title] }

  /// The local time of day as a cell, where there is such a column.
  func local(_ instant: Instant) -> [RetroTable.Cell] { zone.isUTC ? [] : [.init(zone.clock(instant))] }
}
