import Incidents
import Terminal

/// Where the parts of the incident screen stand.
struct IncidentLayout {
  let title: Rect
  /// The impact where the title has no room for it, affected endpoints and links.
  let about: Rect
  /// Roles and tasks.
  let work: Rect
  let clocks: Rect
  /// What steps have left in force, a line each.
  let inForce: Rect
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
    let (title, below) = area.splitTop(1)
    let lines = incident.map { IncidentScreen.about($0, world, width: area.width).count } ?? 0
    let (about, rest) = below.splitTop(min(lines, max(0, area.height / 6)))
    let (top, lower) = rest.splitTop(min(wanted, most))
    let effects = incident.map { world.effects(of: $0.key).count } ?? 0
    let (inForce, timeline) = lower.splitTop(min(effects, 3, max(0, lower.height - 4)))
    self.title = title
    self.about = about
    self.inForce = inForce
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
