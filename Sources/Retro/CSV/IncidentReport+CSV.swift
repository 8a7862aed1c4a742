import Values

extension IncidentReport {
  /// Of the timeline: one row an event. Names stay as they are while the format is what it is.
  package static let csvHeadings = [
    "incident", "occurred_utc", "occurred_local", "ended_utc", "recorded_utc", "word", "text", "who",
    "pinned",
    "amended", "retracted", "kind", "id", "seq",
  ]

  /// Timelines of several as RFC 4180, lines ending in CR LF; no field begins as a formula.
  ///
  /// - Parameter filter: which lines stand in it.
  package static func csv(_ reports: [IncidentReport], _ filter: TimelineFilter = .all) -> [UInt8] {
    var bytes = Array((csvHeadings.joined(separator: ",") + "\r\n").utf8)
    for report in reports {
      for line in report.timeline.lines where filter.shows(line) {
        for (index, field) in report.fields(line).enumerated() {
          if index > 0 { bytes.append(UInt8(ascii: ",")) }
          bytes += Inert.csv(field).utf8
        }
        bytes += "\r\n".utf8
      }
    }
    return bytes
  }

  private func fields(_ line: TimelineLine) -> [String] {
    [
      incident.key, line.occurred.rfc3339, zone.rfc3339(line.occurred), line.ended?.rfc3339 ?? "",
      line.recorded.rfc3339, line.word, line.text, line.actor ?? "", line.isPinned ? "yes" : "no",
      line.isAmended ? "yes" : "no", line.retracted ?? "", line.kind, line.id, String(line.seq),
    ]
  }
}
