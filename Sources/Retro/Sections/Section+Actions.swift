import Incidents
import Values

/// What is to be done so that it does not happen again.
extension IncidentReport {
  var actionBlocks: [RetroBlock] {
    let items = actions.filter { !$0.isFollowUp }
    let rows = items.map { item -> [RetroTable.Cell] in
      [.init(item.key), .init(item.title), .init(item.owner ?? ""), .init(item.due?.dateClockUTC ?? "")]
        + [.init(standing(item)), .init(item.reason ?? "")]
    }
    return Self.table("Action items", ["Item", "What", "Owner", "Due (UTC)", "State", "Why"], rows)
  }

  /// What its system makes due after it.
  var followUpBlocks: [RetroBlock] {
    let items = actions.filter(\.isFollowUp)
    let rows = items.map { item -> [RetroTable.Cell] in
      [
        .init(item.task), .init(item.owner ?? ""), .init(item.due?.dateClockUTC ?? ""),
        .init(standing(item)),
      ]
    }
    return written("follow_ups") + Self.table("Follow-ups", ["What", "Owner", "Due (UTC)", "State"], rows)
  }

  private func standing(_ item: ActionItem) -> String {
    if let closed = item.closed { return "\(item.state.rawValue) \(closed.dateClockUTC)" }
    return item.isOverdue(at: made) ? "\(item.state.rawValue), overdue" : item.state.rawValue
  }
}
