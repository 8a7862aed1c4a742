import Incidents
import Terminal
import Values
import Watch

/// Screen 2: every alert, the ended ones of the last day too, and what keeps alerts from being heard; Enter
/// shows one whole.
struct AlertsScreen: Sendable {
  var list = ListState<String>()
  var mutings = ListState<String>()
  private var isBelow = false
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

  var pane: Pane { detail != nil ? .alertDetail : isBelow ? .mutingList : .alertList }

  mutating func nextPane(_ world: World) {
    // Without a moment at hand: what is listed is listed until it is drawn anew.
    if detail == nil { isBelow = !isBelow && hasMutings }
  }

  private var hasMutings = false

  func selectedMuting(_ world: World, at now: Instant) -> MutingItem? {
    world.mutingItems(at: now, filter: RowFilter(filter)).first { $0.id == mutings.selected }
  }

  /// The list, and below it silences and maintenance, at most a third of the room.
  private func split(_ area: Rect, mutings count: Int) -> (list: Rect, below: Rect) {
    count == 0 ? (area, area.splitBottom(0).1) : area.splitBottom(min(count + 1, max(3, area.height / 3)))
  }

  func items(_ world: World, at now: Instant) -> [AlertItem] {
    let filter = RowFilter(filter)
    return world.alertItems(at: now, filter: filter) + world.resolvedItems(at: now, filter: filter)
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    let muting = world.mutingItems(at: now, filter: RowFilter(filter))
    hasMutings = !muting.isEmpty
    if !hasMutings { isBelow = false }
    let (above, below) = split(area, mutings: muting.count)
    list.update(items(world, at: now).map(\.id), height: above.height - 1)
    mutings.update(muting.map(\.id), height: below.height - 1)
    if let open = detail, world.item(open, at: now) == nil { detail = nil }
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    guard detail != nil else {
      let muting = world.mutingItems(at: now, filter: RowFilter(filter)).map(\.id)
      let (above, below) = split(area, mutings: muting.count)
      if isBelow { return mutings.handle(key, rows: muting, height: below.height - 1) }
      return list.handle(key, rows: items(world, at: now).map(\.id), height: above.height - 1)
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
    if pane == .mutingList { return .none }
    return world.item(detail ?? list.selected, at: now).map { .alert($0.identity) } ?? .none
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
    let muting = world.mutingItems(at: now, filter: RowFilter(filter))
    let (above, below) = split(area, mutings: muting.count)
    drawList(in: &frame, above, world, at: now)
    guard !muting.isEmpty else { return }
    frame.paneRule(
      below, "silences and maintenance", isFocused: isBelow,
      right: Dashboard.count(muting.count, filter: filter))
    MutingList(items: muting, state: mutings, isFocused: isBelow, filter: filter)
      .draw(in: &frame, below.inset(top: 1), world, at: now)
  }

  private func drawList(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let items = items(world, at: now)
    frame.paneRule(area, "alerts", isFocused: !isBelow, right: Dashboard.count(items.count, filter: filter))
    let inner = area.inset(top: 1)
    guard !items.isEmpty else {
      let sentence =
        filter.isEmpty
        ? "No alert is firing, and none ended in the last day."
        : "No alert matches / \(filter); Esc shows all."
      frame.paragraph(sentence, in: inner, style: filter.isEmpty ? .up : .dim)
      return
    }
    AlertList(items: items, state: list, isFocused: !isBelow, filter: filter)
      .draw(in: &frame, inner, world, at: now)
  }
}
