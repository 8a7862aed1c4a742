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

/// Where the parts of the incident screen stand.
struct IncidentLayout {
  let title: Rect
  /// Roles and tasks.
  let work: Rect
  let clocks: Rect
  let timeline: Rect
  let taskHeight: Int
  /// Whether clocks stand beside the work; else they are one line.
  let isWide: Bool

  init(_ area: Rect, incident: Incident?, world: World, isTaskFocused: Bool) {
    isWide = area.width >= 84
    let tasks = incident?.tasks.count ?? 0
    let clocks = 2 + (incident?.clocks.count ?? 0) + 1
    let wanted = isWide ? max(2 + max(1, tasks), min(clocks, 6)) : 3 + max(1, tasks)
    // The timeline keeps the larger half, but while the tasks have the keyboard.
    let most = max(2, isTaskFocused ? area.height * 3 / 5 : area.height * 2 / 5)
    let (title, rest) = area.splitTop(1)
    let (top, timeline) = rest.splitTop(min(wanted, most))
    self.title = title
    self.timeline = timeline
    if isWide {
      (work, self.clocks) = top.splitRight(min(56, top.width / 2))
      taskHeight = max(0, work.height - 2)
    } else {
      (self.clocks, work) = top.splitTop(1)
      taskHeight = max(0, work.height - 2)
    }
  }
}

extension TimelineLine {
  var searched: String { "\(word) \(text) \(actor ?? "midwatch")" }

  /// For the clipboard: time, word, text and who.
  var copied: String {
    let by = actor.map { " (\($0))" } ?? ""
    return "\(occurred.dateClockUTC) \(word): \(text)\(by)"
  }
}
