import Incidents
import Terminal
import Values

extension Console {
  var whyNoOtherIncident: String? {
    switch world.ledger.openIncidents.count {
    case 0: "No incident is open; i declares one."
    case 1: "\(world.ledger.openIncidents.first?.key ?? "One incident") is the only one that is open."
    default: nil
    }
  }

  /// Which of the open incidents the bar, the notes and screen 3 are about.
  mutating func openFocus() -> [Effect] {
    let all = world.ledger.openIncidents
    let options = all.map { incident in
      let sign = Marks.sign(Marks.level(incident.severity)).glyph
      return Choice.Option(
        id: incident.key, label: "\(incident.key) \(sign) \(incident.severity.rawValue)",
        detail: "\(incident.status.rawValue)  \(incident.title)  \(incident.systems.joined(separator: ", "))",
        isCurrent: incident.key == world.leadIncident?.key)
    }
    let here = all.firstIndex { $0.key == world.leadIncident?.key } ?? 0
    return open(
      .choice(
        Choice(
          .focus, title: "\(all.count) incidents are open: which is in focus?", options: options,
          selected: (here + 1) % max(1, all.count))))
  }

  /// Shows that incident; an open one is in focus from now on, on every screen.
  mutating func focus(on key: String) {
    shell.overlay = nil
    incident.key = key
    incident.handOver = nil
    if world.ledger.incident(key)?.isOpen ?? true { world.focused = key }
  }
}
