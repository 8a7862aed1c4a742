import Incidents
import Terminal
import Values
import Watch

/// Screen 2: every alert, the ended ones of the last day too; Enter shows one whole.
struct AlertsScreen: Sendable {
  var list = ListState<String>()
  /// The alert that is shown whole.
  var detail: String?
  /// Where the detail was opened from, when that was not the list.
  var cameFrom: Screen?
  var filter = ""
  /// Lines of the detail that are scrolled away.
  var top = 0
  /// A finer history that was asked for, by alert.
  private(set) var charts: [String: Chart] = [:]
  private var asked: [Int: String] = [:]

  var pane: Pane { detail == nil ? .alertList : .alertDetail }

  func items(_ world: World, at now: Instant) -> [AlertItem] {
    let filter = RowFilter(filter)
    return world.alertItems(at: now, filter: filter) + world.resolvedItems(at: now, filter: filter)
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    list.update(items(world, at: now).map(\.id), height: area.height - 1)
    if let open = detail, world.item(open, at: now) == nil { detail = nil }
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    guard detail != nil else {
      return list.handle(key, rows: items(world, at: now).map(\.id), height: area.height - 1)
    }
    switch key {
    case .down, .character("j"): top = min(top + 1, 200)
    case .up, .character("k"): top = max(0, top - 1)
    case .home, .character("g"): top = 0
    default: return false
    }
    return true
  }

  func subject(_ world: World, at now: Instant) -> Subject {
    world.item(detail ?? list.selected, at: now).map { .alert($0.identity) } ?? .none
  }

  mutating func ask(_ number: Int, about id: String) { asked[number] = id }

  mutating func answered(_ number: Int, _ result: Result<Chart, ActFailure>) {
    guard let id = asked.removeValue(forKey: number), case .success(let chart) = result else { return }
    charts[id] = chart
  }

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    if let item = detail.flatMap({ world.item($0, at: now) }) {
      AlertDetail(item: item, chart: charts[item.id], top: top).draw(in: &frame, area, world, at: now)
      return
    }
    let items = items(world, at: now)
    frame.paneRule(area, "alerts", isFocused: true, right: Dashboard.count(items.count, filter: filter))
    let inner = area.inset(top: 1)
    guard !items.isEmpty else {
      let sentence =
        filter.isEmpty
        ? "No alert is firing, and none ended in the last day."
        : "No alert matches / \(filter); Esc shows all."
      frame.paragraph(sentence, in: inner, style: filter.isEmpty ? .up : .dim)
      return
    }
    AlertList(items: items, state: list, isFocused: true, filter: filter)
      .draw(in: &frame, inner, world, at: now)
  }
}
