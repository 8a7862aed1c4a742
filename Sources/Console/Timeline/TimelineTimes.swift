import Incidents
import Retro
import Terminal
import Values

/// How long each part of an incident took, as marks on one axis, with the median and the 90th percentile of the
/// period beside it.
struct TimelineTimes {
  struct Row {
    let measure: Measure
    let own: Span?
    let spread: Distribution?
  }

  let incident: Incident
  let rows: [Row]
  let period: RetroPeriod
  /// Incidents of the period that were measured; nil while they are being read.
  let count: Int?

  /// All rows where there is room, else two lines of them; with the rule above.
  static func height(in area: Rect) -> Int {
    area.height >= 30 ? Measure.allCases.count + 3 : area.height >= 14 ? 4 : min(2, area.height / 4)
  }

  init(_ incident: Incident, times: IncidentTimes?, figures: RetroStatistics?, period: RetroPeriod) {
    let group = figures?.groups.first
    let rows = Measure.allCases.map { measure in
      Row(
        measure: measure, own: times?.times[measure],
        spread: group?.rows.first { $0.measure == measure }?.distribution)
    }
    self.init(incident, rows, period: period, count: figures == nil ? nil : group?.incidents ?? 0)
  }

  init(_ incident: Incident, _ rows: [Row], period: RetroPeriod, count: Int?) {
    self.incident = incident
    self.rows = rows
    self.period = period
    self.count = count
  }

  func draw(in frame: inout Frame, _ area: Rect) {
    guard area.height > 1 else { return }
    let beside =
      count.map { "\($0) of \(period.words)" } ?? "reading \(period.words)…"
    let start = incident.started.map { " from \($0.dateClockUTC)" } ?? ""
    frame.paneRule(area, "times of \(incident.key)\(start)", isFocused: false, right: [(beside, .dim)])
    let inner = area.inset(left: 1, top: 1, right: 1)
    if inner.height > Measure.allCases.count {
      drawTable(in: &frame, inner)
    } else {
      drawShort(in: &frame, inner)
    }
  }

  // MARK: - A row each

  private func drawTable(in frame: inout Frame, _ area: Rect) {
    let columns = [
      Column("time to", minimum: 12, ideal: 13), Column("own", minimum: 7, ideal: 9, side: .right),
      Column("median", minimum: 7, ideal: 9, side: .right),
      Column("p90", minimum: 7, ideal: 9, side: .right),
      Column("n", minimum: 3, ideal: 4, side: .right), Column("axis", minimum: 12, ideal: 400),
    ]
    let widths = Column.fit(columns, width: area.width, gap: 2)
    let axis = LogAxis(spans, width: widths.last.flatMap { $0 } ?? 12)
    let head: [Spans] = [
      [("time to", .dim)], [(incident.key, .dim)], [("median", .dim)], [("p90", .dim)], [("n", .dim)],
      [(axis.labels, .dim)],
    ]
    frame.row(head, columns: columns, widths: widths, in: area.line(0), gap: 2)
    for (index, row) in rows.enumerated() {
      let cells: [Spans] = [
        [(row.measure.rawValue.replacing("_", with: " "), .text)],
        [(row.own?.short ?? "–", row.own == nil ? .dim : .strong)],
        [(row.spread?.median.short ?? "–", .text)], [(row.spread?.p90.short ?? "–", .text)],
        [(row.spread.map { "\($0.count)" } ?? "–", .dim)],
        axis.strip(own: row.own, spread: row.spread),
      ]
      frame.row(cells, columns: columns, widths: widths, in: area.line(index + 1), gap: 2)
    }
  }

  private var spans: [Span] { rows.flatMap { [$0.own].compactMap { $0 } + ($0.spread?.points ?? []) } }

  // MARK: - All on one line

  private static let letters: [Measure: String] = [
    .detect: "d", .acknowledge: "a", .declare: "c", .firstUpdate: "u", .mitigate: "m", .resolve: "r",
  ]

  private func drawShort(in frame: inout Frame, _ area: Rect) {
    var lines = area
    if area.height > 2 {
      let axis = LogAxis(spans, width: area.width)
      let marks = rows.compactMap { row in
        row.own.map { (Self.letters[row.measure] ?? "", $0) }
      }
      frame.put(axis.line(marks), at: area.origin, clip: area)
      lines = area.inset(top: 1)
    }
    let half = lines.height > 1 ? 3 : rows.count
    for (index, part) in [rows.prefix(half), rows.dropFirst(half)].enumerated()
    where index < lines.height && !part.isEmpty {
      frame.put(Self.legend(part, width: lines.width), x: lines.x, in: lines.line(index))
    }
  }

  /// What each letter stands for. Where there is too little room, figures of the others go, then names; every letter
  /// that is on the axis stays.
  private static func legend(_ rows: ArraySlice<Row>, width: Int) -> [Segment] {
    func segments(names: Bool, spreads: Bool) -> [Segment] {
      rows.enumerated().map { offset, row in
        let name = names ? " \(shortNames[row.measure] ?? "") " : " "
        let spread = spreads ? row.spread.map { " (\($0.median.whole), \($0.p90.whole))" } ?? "" : ""
        return Segment(
          [
            (letters[row.measure] ?? "", .key), (name, .dim),
            (row.own?.whole ?? "–", row.own == nil ? .dim : .strong), (spread, .dim),
          ], drop: offset + 1)
      }
    }
    for (names, spreads) in [(true, true), (true, false), (false, false)] {
      let all = segments(names: names, spreads: spreads)
      if Segment.fit(all, width: width).count == all.count { return all }
    }
    return Segment.fit(segments(names: false, spreads: false), width: width)
  }

  private static let shortNames: [Measure: String] = [
    .detect: "detect", .acknowledge: "ack", .declare: "declare", .firstUpdate: "update",
    .mitigate: "mitigate", .resolve: "resolve",
  ]
}
