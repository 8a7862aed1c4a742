import Incidents
import Retro
import Terminal
import Values

/// Everything that the next one has to know, the most pressing first; a label beside each part.
struct HandOverPage {
  let handOver: HandOver
  /// Rows that are scrolled away.
  let top: Int

  private static let label = 13

  /// Rows as they are drawn at a width: the part's name on its first row, and what it says.
  private func rows(width: Int) -> [(label: String, spans: Spans)] {
    let room = max(10, width - Self.label - 4)
    var rows: [(label: String, spans: Spans)] = []
    for part in handOver.parts {
      var own: [Spans] = part.lines.flatMap { Self.spans(of: $0, room: room) }
      if own.isEmpty { own = [[("  \(part.empty)", .dim)]] }
      for (index, spans) in own.enumerated() { rows.append((index == 0 ? part.title : "", spans)) }
    }
    return rows
      + handOver.stamp.wrapped(to: room).enumerated().map { index, text in
        (index == 0 ? "Record" : "", [("  \(text)", .dim)])
      }
  }

  /// The whole line, and the beginning of what belongs to it.
  private static func spans(of line: HandOver.Line, room: Int) -> [Spans] {
    let style = Marks.style(line.tone)
    let wrapped = line.text.wrapped(to: room)
    var rows: [Spans] = wrapped.enumerated().map { index, text in
      [(index == 0 ? "\(line.sign) " : "  ", style), (text, line.tone == .page ? style : .text)]
    }
    guard let detail = line.detail else { return rows }
    let lines = detail.split(whereSeparator: \.isNewline).flatMap { String($0).wrapped(to: room - 2) }
    for (index, text) in lines.prefix(2).enumerated() {
      rows.append([("    ", .text), (text + (index == 1 && lines.count > 2 ? " …" : ""), .dim)])
    }
    return rows
  }

  func count(width: Int) -> Int { rows(width: width).count }

  func draw(in frame: inout Frame, _ area: Rect) {
    let rows = rows(width: area.width)
    let inner = area.inset(top: 1)
    let first = min(top, max(0, rows.count - inner.height))
    let seen = min(rows.count, first + inner.height)
    let name = "hand over \(handOver.incident.key)"
    let more = rows.count > inner.height ? "\(seen) of \(rows.count), j scrolls" : ""
    // That there is more below is worth more than the end of a title.
    let room = area.width - name.displayWidth - more.displayWidth - 16
    frame.rule(
      area,
      title: [[(name, .strong)], [(handOver.incident.title.truncatedEnd(to: max(8, room)), .strong)]],
      right: more.isEmpty ? [] : [(more, .dim)])
    for (index, row) in rows.dropFirst(first).prefix(inner.height).enumerated() {
      let line = inner.line(index).inset(left: 1)
      frame.put(row.label, at: line.origin, style: .dim, clip: line)
      frame.put(row.spans, at: line.inset(left: Self.label).origin, clip: line)
    }
  }
}

extension World {
  /// What the journal, as it was read last, says of an incident to whoever takes it over.
  func handOver(of incident: Incident, at now: Instant) -> HandOver {
    ledger.handOver(of: incident, roles: roles(of: incident), at: now)
  }
}
