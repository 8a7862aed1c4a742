import Incidents
import Terminal
import Values
import Watch

/// Screen 1: what is wrong, and the state of everything that is polled.
struct Dashboard: Sendable {
  var pane = Pane.boardAlerts
  var alerts = ListState<String>()
  var endpoints = ListState<String>()
  var routines = ListState<String>()
  var filter = ""
  var faultsOnly = false
  /// Whether the endpoints ever had the keyboard; until then their worst is selected.
  var hasSeenEndpoints = false

  func alertItems(_ world: World, at now: Instant) -> [AlertItem] {
    world.alertItems(at: now, filter: RowFilter(filter))
  }

  func endpointItems(_ world: World) -> [EndpointItem] {
    world.endpointItems(filter: RowFilter(filter), faultsOnly: faultsOnly)
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    // Done meanwhile, all of them: there is nothing left to have the keyboard.
    let due = world.routineItems(at: now)
    if pane == .boardRoutines, due.isEmpty { pane = .boardAlerts }
    let duties = duties(area, world, at: now)
    // Without the keyboard the loudest stands first.
    if pane != .boardRoutines { routines = ListState() }
    routines.update(due.map(\.id), height: duties.routines.height)
    let area = duties.stage
    let rows = alertItems(world, at: now)
    let polled = endpointItems(world)
    let split = split(area, alerts: rows.count, endpoints: polled.count, world: world)
    alerts.update(rows.map(\.id), height: split.alerts.height - 1 - warningHeight(world, area))
    endpoints.update(polled.map(\.id), height: listHeight(split.endpoints, world))
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    let duties = duties(area, world, at: now)
    if pane == .boardRoutines {
      return routines.handle(
        key, rows: world.routineItems(at: now).map(\.id), height: duties.routines.height)
    }
    let area = duties.stage
    let rows = alertItems(world, at: now)
    let polled = endpointItems(world)
    let split = split(area, alerts: rows.count, endpoints: polled.count, world: world)
    if pane == .boardAlerts {
      return alerts.handle(
        key, rows: rows.map(\.id), height: split.alerts.height - 1 - warningHeight(world, area))
    }
    return endpoints.handle(key, rows: polled.map(\.id), height: listHeight(split.endpoints, world))
  }

  func subject(_ world: World, at now: Instant) -> Subject {
    if pane == .boardRoutines {
      return world.routineItems(at: now).first { $0.id == routines.selected }
        .map { .routine(system: $0.system, title: $0.row.title) } ?? .none
    }
    if pane == .boardAlerts {
      return world.item(alerts.selected, at: now).map { .alert($0.identity) } ?? .none
    }
    return endpointItems(world).first { $0.id == endpoints.selected }
      .map { .endpoint(system: $0.system, name: $0.row.name) } ?? .none
  }

  /// From the alerts to the endpoints to the routines, if any is due.
  mutating func nextPane(by step: Int, _ world: World, at now: Instant) {
    let panes: [Pane] =
      [.boardAlerts, .boardEndpoints] + (world.routineItems(at: now).isEmpty ? [] : [.boardRoutines])
    let index = panes.firstIndex(of: pane) ?? 0
    pane = panes[(index + step + panes.count) % panes.count]
  }

  /// Both panes with their rules; the one with the keyboard gets more when room is short.
  func split(
    _ area: Rect, alerts count: Int, endpoints polled: Int, world: World
  ) -> (alerts: Rect, endpoints: Rect) {
    let wanted = 1 + max(1, count) + warningHeight(world, area)
    let share = pane == .boardAlerts ? 60 : 40
    let most = max(2, area.height * share / 100)
    let (top, bottom) = area.splitTop(min(wanted, max(most, area.height - polled - 3)))
    return (top, bottom)
  }

  /// Lines below the alerts that say what is wrong with the watch itself.
  func warningHeight(_ world: World, _ area: Rect) -> Int {
    min(warningLines(world, width: area.width).count, area.height < 18 ? 1 : 4)
  }

  /// Lines of the endpoint list itself, below its rule and its systems.
  func listHeight(_ area: Rect, _ world: World) -> Int {
    max(0, area.height - 1 - summaryHeight(world))
  }

  func summaryHeight(_ world: World) -> Int { world.systems.count > 1 ? 1 : 0 }
}
