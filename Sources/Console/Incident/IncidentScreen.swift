import Incidents
import Retro
import Terminal
import Values

/// Screen 3: one incident: who does what, what is due, and what happened.
struct IncidentScreen: Sendable {
  /// The incident that was chosen; nil shows the lead one.
  var key: String?
  /// The pane that has the keyboard while no hand-over is open.
  private var focus = Pane.incidentTimeline
  /// Rows of the hand-over that are scrolled away; nil while it is not open.
  var handOver: Int?
  var lines = ListState<String>(followsEnd: true)
  var tasks = ListState<String>()
  var filter = ""
  var kinds = TimelineKinds.all

  var pane: Pane { handOver != nil ? .incidentHandOver : focus }

  mutating func nextPane() {
    guard handOver == nil else { return }
    focus = focus == .incidentTimeline ? .incidentTasks : .incidentTimeline
  }

  /// Esc: out of the hand-over. False when there is nothing to leave.
  mutating func leave() -> Bool {
    guard handOver != nil else { return false }
    handOver = nil
    return true
  }

  /// The chosen incident, else the lead one, else the latest; nil while the chosen one is not read yet.
  func shown(_ world: World) -> Incident? {
    key.map { world.ledger.incident($0) } ?? world.leadIncident ?? world.ledger.incidents.first
  }

  /// Pinned lines survive every filter.
  func timeline(_ world: World) -> [TimelineLine] {
    let lines = world.timeline(of: shown(world)?.key) ?? []
    guard !filter.isEmpty || kinds != .all else { return lines }
    let filter = RowFilter(filter)
    return lines.filter { $0.isPinned || (kinds.lists($0) && filter.matches($0.searched)) }
  }

  func selectedLine(_ world: World) -> TimelineLine? {
    timeline(world).first { $0.id == lines.selected }
  }

  /// Open ones first.
  func taskRows(_ world: World) -> [Incident.Task] {
    (shown(world)?.tasks ?? []).sorted { ($0.done == nil ? 0 : 1, $0.id) < ($1.done == nil ? 0 : 1, $1.id) }
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    let parts = IncidentLayout(
      area, incident: shown(world), world: world, isTaskFocused: pane == .incidentTasks)
    lines.update(timeline(world).map(\.id), height: parts.timeline.height - 1)
    tasks.update(taskRows(world).map(\.id), height: parts.taskHeight)
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    if handOver != nil { return scrollHandOver(key, world, area: area, at: now) }
    let parts = IncidentLayout(
      area, incident: shown(world), world: world, isTaskFocused: pane == .incidentTasks)
    if pane == .incidentTasks {
      return tasks.handle(key, rows: taskRows(world).map(\.id), height: parts.taskHeight)
    }
    return lines.handle(key, rows: timeline(world).map(\.id), height: parts.timeline.height - 1)
  }

  private mutating func scrollHandOver(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    guard let top = handOver, let incident = shown(world) else { return false }
    let height = max(1, area.height - 1)
    let page = HandOverPage(handOver: world.handOver(of: incident, at: now), top: 0)
    let most = max(0, page.count(width: area.width) - height)
    let here = min(top, most)
    switch key {
    case .down, .character("j"): handOver = min(most, here + 1)
    case .up, .character("k"): handOver = max(0, here - 1)
    case .pageDown, .character(" "): handOver = min(most, here + max(1, height - 1))
    case .pageUp: handOver = max(0, here - max(1, height - 1))
    case .home, .character("g"): handOver = 0
    case .end, .character("G"): handOver = most
    default: return false
    }
    return true
  }
}
