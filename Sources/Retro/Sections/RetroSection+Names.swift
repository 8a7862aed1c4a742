import Incidents

/// What a retro can have, by the names that templates write between braces.
extension RetroSection {
  /// Told by the journal alone, or by it and what somebody wrote.
  package static let told = [
    "summary", "impact", "key_times", "standings", "roles", "timeline", "runs", "acts", "evidence", "charts",
    "updates", "tickets", "decisions", "tasks", "effects", "detection", "resolution", "actions", "follow_ups",
    "amended", "removed", "integrity",
  ]

  /// Told by people only: what a journal cannot know.
  package static let writtenOnly = RetroPart.all.map(\.name).filter { !told.contains($0) }

  /// Whether a retro can have a section of that name; a house's own begin with `x_`.
  package static func isKnown(_ id: String) -> Bool { told.contains(id) || RetroPart(id)?.name == id }

  /// The heading of a section, where a template does not say another.
  package static func title(_ id: String) -> String {
    switch id {
    case "standings": "Time in each severity and status"
    case "runs": "Playbook runs"
    case "acts": "What was done"
    case "evidence": "Evidence"
    case "charts": "What was measured"
    case "tickets": "Tickets affected"
    case "tasks": "Tasks"
    case "effects": "Temporary changes"
    case "actions": "Action items"
    case "amended": "Amended entries"
    case "removed": "Left out"
    default: RetroPart(id)?.title ?? id.capitalizedFirst.replacing("_", with: " ")
    }
  }
}
