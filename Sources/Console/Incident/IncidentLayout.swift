import Incidents
import Terminal

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
