import Incidents
import Retro
import Terminal
import Values

/// Screen 7: the incidents of the journal, and the timeline of the chosen one.
struct TimelineScreen: Sendable {
  var pane = Pane.retroIncidents
  var incidents = ListState<String>()
  var lines = ListState<String>()
  var filter = ""
  /// Exports that are being written, by number.
  var exporting: [Int: String] = [:]

  func rows(_ world: World) -> [Incident] {
    let filter = pane == .retroIncidents ? RowFilter(self.filter) : RowFilter("")
    return world.ledger.incidents
      .filter {
        filter.matches(
          "\($0.key) \($0.severity.rawValue) \($0.status.rawValue) \($0.title) \($0.systems.joined(separator: " "))"
        )
      }
      .sorted {
        ($1.declaredAt ?? .init(milliseconds: 0), $1.key) < ($0.declaredAt ?? .init(milliseconds: 0), $0.key)
      }
  }

  func timeline(_ world: World) -> [TimelineLine] {
    let lines = world.timeline(of: incidents.selected) ?? []
    guard pane == .retroTimeline, !filter.isEmpty else { return lines }
    let filter = RowFilter(filter)
    return lines.filter { $0.isPinned || filter.matches($0.searched) }
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    let parts = split(area)
    incidents.update(rows(world).map(\.key), height: parts.list.height - 1)
    lines.update(timeline(world).map(\.id), height: parts.lines.height - 1)
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    let parts = split(area)
    if pane == .retroTimeline {
      return lines.handle(key, rows: timeline(world).map(\.id), height: parts.lines.height - 1)
    }
    return incidents.handle(key, rows: rows(world).map(\.key), height: parts.list.height - 1)
  }

  /// Side by side where there is room; the times stand below the chosen timeline.
  func split(_ area: Rect) -> (list: Rect, lines: Rect, times: Rect) {
    let (rest, times) = area.splitBottom(min(3, area.height / 4))
    if area.width >= 100 {
      let (left, right) = rest.splitLeft(area.width * 2 / 5)
      return (left, right, times)
    }
    let (top, bottom) = rest.splitTop(rest.height * (pane == .retroIncidents ? 50 : 30) / 100)
    return (top, bottom, times)
  }
}
