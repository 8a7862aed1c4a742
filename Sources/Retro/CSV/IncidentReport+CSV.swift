import Values

extension IncidentReport {
  /// Of the timeline: one row an event; behind all of them what was left out for readers outside, and the stamp. Names stay as they are while the format is what it is.
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
      let pieces = report.timeline.lines.inParallel { lines in
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.count * 256)
        for line in lines where filter.shows(line) { add(report.fields(line), to: &bytes) }
        return bytes
      }
      for piece in pieces { bytes += piece }
    }
    guard let last = reports.last else { return bytes }
    for one in Removal.sum(reports.flatMap { $0.removed ?? [] }) {
      add(last.fields("left out", "\(one.what): \(one.count)", "midwatch.left_out"), to: &bytes)
    }
    add(last.fields("stamp", last.stamp.sentence(at: last.made), "midwatch.stamp"), to: &bytes)
    return bytes
  }

  private static func add(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += Inert.csv(field).utf8
    }
    bytes += "\r\n".utf8
  }

  /// Of what is said of the file itself.
  private func fields(_ word: String, _ text: String, _ kind: String) -> [String] {
    let at = made.rfc3339
    return ["", at, zone.rfc3339(made), "", at, word, text, "", "no", "no", "", kind, "", ""]
  }

  private func fields(_ line: TimelineLine) -> [String] {
    [
      incident.key, line.occurred.rfc3339, zone.rfc3339(line.occurred), line.ended?.rfc3339 ?? "",
      line.recorded.rfc3339, line.word, line.text, line.actor ?? "", line.isPinned ? "yes" : "no",
      line.isAmended ? "yes" : "no", line.retracted ?? "", line.kind, line.id, String(line.seq),
    ]
  }
}
