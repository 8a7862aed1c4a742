import Values

/// What happened, line by line.
extension IncidentReport {
  func timelineBlocks(_ filter: TimelineFilter) -> [RetroBlock] {
    let lines = filter.shown(timeline.lines)
    guard !timeline.lines.isEmpty else { return [] }
    let words = filter.words.map { ": \($0)" } ?? ""
    let shown = "\(lines.count) of \(timeline.lines.count) lines shown\(words)."
    let zones =
      zone.isUTC ? "All times are UTC." : "Times are UTC; beside them \(zone.title), \(zoneDistance)."
    let table = RetroTable(
      caption: "Timeline", headings: ["UTC"] + zoneHeading + ["What", "Entry", "Who"],
      rows: lines.inParallel { $0.map(row) }.flatMap(\.self),
      anchors: lines.map { "event-\($0.seq)" })
    return (lines.isEmpty ? [] : [.table(table)]) + [.paragraph("\(shown) \(zones)")]
  }

  /// `UTC+02:00`.
  private var zoneDistance: String {
    var parts: [String] = []
    for offset in [zone.offset] + zone.changes.map(\.offset) {
      let minutes = abs(offset) / 60
      let words = "UTC\(offset < 0 ? "-" : "+")\((minutes / 60).padded(2)):\((minutes % 60).padded(2))"
      if !parts.contains(words) { parts.append(words) }
    }
    return parts.joined(separator: " and ")
  }

  private func row(_ line: TimelineLine) -> [RetroTable.Cell] {
    let isStruck = line.retracted != nil
    var text = line.text
    if let other = line.incident, other != incident.key { text += " (in \(other))" }
    if let span = line.span { text += " (\(span))" }
    if line.isAmended { text += " (amended)" }
    if line.isBackdated { text += " (written down \(line.recorded.clockUTC))" }
    return [.init(line.occurred.dateClockUTC)] + local(line.occurred)
      + [
        .init((line.isPinned ? "★ " : "") + line.word), .init(text, isStruck: isStruck),
        .init(line.actor ?? ""),
      ]
  }
}
