import Incidents
import Values

/// The ledger as a table for people.
extension ClockLedger {
  /// Safe for a terminal. Times are of `zone`, else of the calendar's, and say how far from UTC they are; a column
  /// is as wide as its widest text.
  package func lines(in zone: Zone? = nil) -> [String] {
    let face = ClockFace(zone: zone ?? hours.zone)
    var lines = head(face)
    let rows = segments.map { (face.range($0.from, $0.until), $0.kind.words, $0.length.inHours, $0) }
    let widths = [
      rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0, rows.map(\.2.count).max() ?? 0,
    ]
    for (range, kind, length, segment) in rows {
      let cells = zip([range, kind, length], widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      let isCounted = segment.kind == .counted || segment.kind == .together
      lines.append(
        (cells + [isCounted ? sumWords(segment) : ""]).joined(separator: "  ").withoutTrailingSpaces)
    }
    return lines + foot(face)
  }

  /// `respond, S3: 4h of support hours (Europe/Paris), from Mon 2026-11-23 09:00 UTC+1`.
  private func head(_ face: ClockFace) -> [String] {
    let when = hours.isAlways ? "at any hour" : "of \(Inert.terminal(hours.name ?? "")) hours"
    let place = hours.isAlways ? "" : " (\(Inert.terminal(hours.zone.name)))"
    let asked = target.map { "\($0.inHours) \(when)\(place)" } ?? "no time is set, counted \(when)\(place)"
    let changes = earlier.map { "\($0.severity.rawValue) until \(face.moment($0.until))" }
    let line = "\(clock.rawValue), \(severity.rawValue): \(asked), from \(face.moment(start))"
    guard !changes.isEmpty else { return [line] }
    return [
      line,
      "\(changes.joined(separator: ", ")), \(severity.rawValue) since;"
        + " its time and hours count from the start, and every pause stays",
    ]
  }

  private func sumWords(_ segment: Segment) -> String {
    let part = segment.kind == .together ? "\(segment.counted.inHours) of it counted " : ""
    return part + "(\(segment.sum.inHours)\(target.map { " of \($0.inHours)" } ?? ""))"
  }

  private func foot(_ face: ClockFace) -> [String] {
    let skipped = [
      ("outside hours", totals.closed), ("holiday", totals.holiday), ("paused", totals.paused),
    ].filter { $0.1 > .zero }.map { "\($0.0) \($0.1.inHours)" }
    let sum = "used \(used.inHours)\(target.map { " of \($0.inHours)" } ?? "")"
    return [([sum] + skipped).joined(separator: "; "), verdict(face)].filter { !$0.isEmpty }
  }

  private func verdict(_ face: ClockFace) -> String {
    switch state {
    case .none: ""
    case .running(let left, let due?): "\(left.inHours) left, due \(face.moment(due))"
    case .running(let left, nil): "\(left.inHours) left, never due: its calendar does not open again"
    case .paused(let left, let why): "\(left.inHours) left, standing still: \(Segment.Kind.words(of: why))"
    case .met(let at, _, let isLate): "met \(face.moment(at))\(isLate ? ", late" : "")"
    case .breached(let at, let over): "breached \(face.moment(at)), \(over.inHours) over"
    }
  }
}

extension ClockLedger.Segment.Kind {
  /// `counted`, `outside hours`, `paused (pending_user, INC-3)`.
  package var words: String {
    switch self {
    case .counted: "counted"
    case .closed: "outside hours"
    case .holiday: "holiday"
    case .paused(let why): "paused (\(Self.words(of: why)))"
    case .together: "all before, not shown"
    }
  }

  fileprivate static func words(of why: [String]) -> String {
    why.map { Inert.terminal($0) }.joined(separator: ", ")
  }
}

extension String {
  fileprivate var withoutTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
