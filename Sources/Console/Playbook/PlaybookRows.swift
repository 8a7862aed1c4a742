import Incidents
import Playbooks
import Terminal
import Values

/// A line of the list of runs and playbooks.
struct PlaybookRow {
  let id: String
  let open: PlaybookScreen.Open
  let sign: (Sign, Style)
  let title: String
  let system: String
  let detail: Spans
}

extension PlaybookScreen {
  /// Runs that go on, then playbooks for what fires now, then the rest by system.
  func rows(_ world: World) -> [PlaybookRow] {
    let filter = RowFilter(filter)
    let firing =
      world.ledger.alerts.values.filter(\.isFiring).compactMap(\.identity)
      + world.systems.flatMap(\.alerts).map(\.identity)
    let runs = world.ledger.runs.filter(\.isOpen).sorted { $1.key < $0.key }.compactMap { row(of: $0) }
    var urgent: [PlaybookRow] = []
    var rest: [PlaybookRow] = []
    for guide in world.guides {
      var causes: [String: String] = [:]
      for identity in firing where identity.system == guide.system {
        let row = world.alert(identity)
        let found = guide.playbook(
          for: identity.rule, annotation: row?.playbook, address: row?.annotations["runbook_url"],
          labels: identity.labels)
        if let name = found?.0.name, causes[name] == nil { causes[name] = identity.rule }
      }
      for document in guide.playbooks {
        let cause = causes[document.name]
        let row = row(of: document, guide, cause: cause)
        if cause == nil { rest.append(row) } else { urgent.append(row) }
      }
    }
    guard filter.isEmpty else {
      return runs.filter { filter.matches("\($0.title) \($0.system) \($0.detail.map(\.0).joined())") }
        + search.hits.compactMap { row(of: $0, filter) }
    }
    return runs + urgent + rest
  }

  /// Where the words stand: a system, a playbook, a section of it.
  private func row(of hit: PlaybookFinding.Hit, _ filter: RowFilter) -> PlaybookRow? {
    let found = hit.found
    let line = found.line.trimmed
    guard
      filter.matches(
        "\(found.title) \(found.heading ?? "") \(line) \(hit.system) \(found.playbook) \(self.filter)")
    else { return nil }
    let heading = found.heading.map { $0 == line ? "" : "\($0): " } ?? ""
    return PlaybookRow(
      id: "\(hit.system)/\(found.playbook)#\(found.anchor ?? "")",
      open: Open(system: hit.system, playbook: found.playbook, anchor: found.anchor), sign: (.choice, .dim),
      title: found.title, system: hit.system,
      detail: [(heading, .strong)] + filter.marked(Inert.terminal(line), style: .text))
  }

  private func row(of run: Run) -> PlaybookRow? {
    guard let started = run.started else { return nil }
    let progress = run.progress
    return PlaybookRow(
      id: run.key,
      open: Open(
        system: started.system ?? "", playbook: started.playbook, anchor: started.section, run: run.key,
        incident: run.incident),
      sign: (.current, .strong), title: started.title, system: started.system ?? "",
      detail: [
        ("run \(run.key)", .strong), (run.incident.map { " of \($0)" } ?? "", .text),
        ("  \(progress.settled) of \(progress.of)", .text), ("  begun by \(run.startedBy ?? "?")", .dim),
      ])
  }

  private func row(of document: PlaybookDocument, _ guide: Guide, cause: String?) -> PlaybookRow {
    let count = document.steps.count
    let steps = count == 1 ? "1 step" : "\(count) steps"
    let helps = document.settings.alerts.joined(separator: ", ")
    let services = document.settings.services.joined(separator: ", ")
    let of: Spans = [(services.isEmpty ? "" : "  of \(services)", .dim)]
    return PlaybookRow(
      id: "\(guide.system)/\(document.name)", open: Open(system: guide.system, playbook: document.name),
      sign: cause == nil ? (.choice, .dim) : (.page, .due), title: document.title, system: guide.system,
      detail: cause.map { [("now for \($0)  ", .due), (steps, .dim)] + of }
        ?? [(steps, .dim)] + of + [(helps.isEmpty ? "" : "  for \(helps)", .dim)])
  }

  func drawList(in frame: inout Frame, _ area: Rect, _ world: World) {
    let rows = rows(world)
    frame.paneRule(area, "playbooks", isFocused: true, right: Dashboard.count(rows.count, filter: filter))
    let inner = area.inset(top: 1)
    guard !rows.isEmpty else {
      let sentence =
        filter.isEmpty
        ? "No system has a playbook yet. Any Markdown file in a system's folder is one."
        : "No playbook matches / \(filter)."
      frame.paragraph(sentence, in: inner, style: .dim)
      return
    }
    let columns = [
      Column("sign", minimum: 1),
      Column("title", minimum: 16, ideal: min(36, rows.map(\.title.displayWidth).max() ?? 36)),
      Column("system", minimum: 8, ideal: min(18, rows.map(\.system.displayWidth).max() ?? 18), drop: 2),
      Column("detail", minimum: 12, ideal: 80, drop: 1),
    ]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    let marking = RowFilter(filter)
    for (line, index) in list.visible(count: rows.count, height: inner.height).enumerated() {
      let row = rows[index]
      let place = inner.line(line)
      let isSelected = row.id == list.selected
      if isSelected { frame.put(Sign.selected.glyph, at: place.origin, style: .strong, clip: place) }
      frame.row(
        [
          [(row.sign.0.glyph, row.sign.1)], marking.marked(row.title, style: .text), [(row.system, .dim)],
          row.detail,
        ],
        columns: columns, widths: widths, in: place.inset(left: 1), gap: 2)
      if isSelected { frame.highlight(place) }
    }
  }
}
