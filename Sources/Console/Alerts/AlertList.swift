import Incidents
import Terminal
import Values
import Watch

/// Alerts as rows: sign and level, rule, system, value beside threshold, age, who has it, history, playbook.
struct AlertList {
  let items: [AlertItem]
  let state: ListState<String>
  let isFocused: Bool
  let filter: String

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let isNarrow = area.width < 100
    let gap = area.width < 60 ? 1 : 2
    // The playbook goes first, then the history, the system and the figures.
    let columns = [
      Column("level", minimum: 6),
      Column("rule", minimum: min(widest(named, 10...20), area.width / 4), ideal: widest(named, 10...36)),
      Column(
        "system", minimum: widest(\.identity.system, 8...16), ideal: widest(\.identity.system, 8...18),
        drop: 3),
      Column(
        "value", minimum: widest({ figures($0, at: now) }, 5...14),
        ideal: widest({ figures($0, at: now) }, 5...20), side: .right, drop: 2),
      Column("for", minimum: 6, ideal: items.contains { !flaps($0, at: now).isEmpty } ? 11 : 8, side: .right),
      Column("who", minimum: 9, ideal: isNarrow ? 18 : 24),
      Column("history", minimum: 8, ideal: 12, drop: 6),
      Column("playbook", minimum: 10, ideal: 24, drop: 7),
    ]
    let widths = Column.fit(columns, width: area.width - 1, gap: gap)
    let history = widths.dropFirst(6).first.flatMap { $0 } ?? 0
    let marking = RowFilter(filter)
    for (line, index) in state.visible(count: items.count, height: area.height).enumerated() {
      let item = items[index]
      let row = area.line(line)
      let isSelected = isFocused && item.id == state.selected
      if isSelected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      frame.row(
        cells(item, world, marking, isNarrow: isNarrow, history: history, at: now), columns: columns,
        widths: widths, in: row.inset(left: 1), gap: gap)
      if isSelected { frame.highlight(row) }
    }
  }

  private func widest(_ text: (AlertItem) -> String, _ range: ClosedRange<Int>) -> Int {
    min(range.upperBound, max(range.lowerBound, items.map { text($0).displayWidth }.max() ?? 0))
  }

  private func cells(
    _ item: AlertItem, _ world: World, _ marking: RowFilter, isNarrow: Bool, history: Int, at now: Instant
  ) -> [Spans] {
    let isCalm = item.state == .resolved || item.isHidden
    let plain: Style = isCalm ? .dim : .text
    return [
      level(item),
      marking.marked(named(item), style: isCalm ? .dim : .strong),
      marking.marked(item.identity.system, style: plain),
      [(figures(item, at: now), plain)],
      age(item, at: now) + flaps(item, at: now),
      who(item, world, isNarrow: isNarrow, at: now),
      Sparkline(item.row?.history ?? [])
        .spans(width: history, mode: world.options.bars, style: isCalm ? .dim : curve(item)),
      playbook(item, world),
    ]
  }

  /// A page's style would make a red block of the curve: red bars say as much.
  private func curve(_ item: AlertItem) -> Style {
    if item.state == .pending { return .pending }
    return item.level == .page ? .down : Marks.style(item.level)
  }

  private func named(_ item: AlertItem) -> String {
    let instance = item.identity.instance
    return instance.isEmpty ? item.identity.rule : "\(item.identity.rule) \(instance)"
  }

  private func level(_ item: AlertItem) -> Spans {
    switch item.state {
    case .pending: return [("\(Sign.pending.glyph) pend", .pending)]
    case .resolved: return [("\(Sign.resolved.glyph) over", .up)]
    case .firing:
      let style: Style = item.isHidden ? .dim : Marks.style(item.level)
      return [("\(Marks.sign(item.level).glyph) \(Marks.word(item.level))", style)]
    }
  }

  /// `×4` beside the age of one that comes and goes.
  private func flaps(_ item: AlertItem, at now: Instant) -> Spans {
    guard let record = item.record, record.isFlapping(at: now) else { return [] }
    return [(" ×\(record.flaps(at: now))", .due)]
  }

  private func age(_ item: AlertItem, at now: Instant) -> Spans {
    if item.state == .pending, item.holds > .zero { return [((now - item.activeAt).whole, .pending)] }
    return [((now - item.since).whole, .dim)]
  }

  private func who(_ item: AlertItem, _ world: World, isNarrow: Bool, at now: Instant) -> Spans {
    if world.saving.contains(item.id) { return [("saving…", .strong)] }
    if let muting = item.mutings.first { return Self.muting(muting, isNarrow: isNarrow, at: now) }
    switch item.state {
    case .pending:
      return [
        (item.holds > .zero ? "of \(item.holds.prometheus)" : "pending", .pending),
        (item.holds > .zero && !isNarrow ? ", then fires" : "", .pending),
      ]
    case .resolved: return [(Self.ending(item), .dim)]
    case .firing:
      guard let held = item.acknowledgement else {
        if let lapse = item.record?.lapse {
          return [(isNarrow ? "unacked" : "\(lapse.by)'s time is over", .due)]
        }
        return [(isNarrow ? "unacked" : "unacknowledged", .due)]
      }
      let left: Spans =
        held.until.map {
          [(" \(($0 - now).whole)", MutingItem.style(from: held.at, until: $0, at: now))]
        } ?? []
      return [(held.by, .text)] + left + [
        (held.reason.map { ": \($0)" } ?? (isNarrow ? "" : " has it"), .dim)
      ]
    }
  }

  /// `‖ SIL-3 47m left by ops1`, `‖ Patch night until 04:00Z`, `‖ inhibited by DatabaseDown`.
  private static func muting(_ muting: AlertMuting, isNarrow: Bool, at now: Instant) -> Spans {
    let sign = (Sign.maintenance.glyph + " ", Style.maintenance)
    switch muting.kind {
    case .silence:
      let left = muting.until.map {
        ("\(($0 - now).whole) left", MutingItem.style(from: muting.since, until: $0, at: now))
      }
      let by = muting.by.map { " by \($0)" } ?? ""
      // Where room is short the end says more than the name.
      if isNarrow { return [sign] + (left.map { [($0.0 + ", ", $0.1)] } ?? []) + [(muting.name, .dim)] }
      return [sign, (muting.name + " ", .text)] + (left.map { [$0] } ?? []) + [(by, .dim)]
    case .maintenance:
      let until = muting.until.map { "until \($0.minuteUTC)" } ?? ""
      return [sign, (isNarrow ? until : "\(muting.name) \(until)", .dim)]
    case .inhibition: return [sign, ((isNarrow ? "by " : "inhibited by ") + muting.name, .dim)]
    case .waiting: return [sign, ("waits for other rules", .dim)]
    }
  }

  /// `no data`, `kept 3m`: the figures would say what is not so any more.
  private func figures(_ item: AlertItem, at now: Instant) -> String {
    if item.row?.hasNoData == true { return "no data" }
    if let kept = item.row?.keptUntil { return "kept \(max(.zero, kept - now).whole)" }
    return item.figures
  }

  static func ending(_ item: AlertItem) -> String {
    let at = item.resolvedAt.map { " \($0.minuteUTC)" } ?? ""
    switch item.how {
    case .noData: return "no data\(at)"
    case .ruleGone: return "rule gone\(at)"
    case .maintenance: return "maintenance\(at)"
    case .recovered, nil: return "recovered\(at)"
    }
  }

  private func playbook(_ item: AlertItem, _ world: World) -> Spans {
    let found = world.guide(item.identity.system)?.playbook(
      for: item.identity.rule, annotation: item.playbook, labels: item.identity.labels)
    guard let name = found?.0.name ?? item.playbook else { return [] }
    return [("p ", .key), (name, .dim)]
  }
}
