import Incidents
import Retro
import Terminal
import Values

/// Screen 3: one incident: who does what, what is due, and what happened.
struct IncidentScreen: Sendable {
  /// The incident that was chosen; nil shows the lead one.
  var key: String?
  var pane = Pane.incidentTimeline
  var lines = ListState<String>(followsEnd: true)
  var tasks = ListState<String>()
  var filter = ""

  /// The chosen incident, else the lead one, else the latest; nil while the chosen one is not read yet.
  func shown(_ world: World) -> Incident? {
    key.map { world.ledger.incident($0) } ?? world.leadIncident ?? world.ledger.incidents.first
  }

  /// Pinned lines survive every filter.
  func timeline(_ world: World) -> [TimelineLine] {
    let lines = world.timeline(of: shown(world)?.key) ?? []
    guard !filter.isEmpty else { return lines }
    let filter = RowFilter(filter)
    return lines.filter { $0.isPinned || filter.matches($0.searched) }
  }

  func selectedLine(_ world: World) -> TimelineLine? {
    timeline(world).first { $0.id == lines.selected }
  }

  func openTasks(_ world: World) -> [Incident.Task] {
    (shown(world)?.tasks ?? []).sorted { ($0.done == nil ? 0 : 1, $0.id) < ($1.done == nil ? 0 : 1, $1.id) }
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    let parts = IncidentLayout(
      area, incident: shown(world), world: world, isTaskFocused: pane == .incidentTasks)
    lines.update(timeline(world).map(\.id), height: parts.timeline.height - 1)
    tasks.update(openTasks(world).map(\.id), height: parts.taskHeight)
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    let parts = IncidentLayout(
      area, incident: shown(world), world: world, isTaskFocused: pane == .incidentTasks)
    if pane == .incidentTasks {
      return tasks.handle(key, rows: openTasks(world).map(\.id), height: parts.taskHeight)
    }
    return lines.handle(key, rows: timeline(world).map(\.id), height: parts.timeline.height - 1)
  }
}
