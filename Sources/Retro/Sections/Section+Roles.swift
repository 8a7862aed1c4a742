import Values

/// Who had which role, and until when.
extension IncidentReport {
  var roleBlocks: [RetroBlock] {
    let changes = incident.roleChanges
    let rows = changes.enumerated().compactMap { index, change -> [RetroTable.Cell]? in
      guard let who = change.who else { return nil }
      let next = changes[(index + 1)...].first { $0.role == change.role }
      return [
        .init(change.role.capitalizedFirst), .init(who), .init(change.at.dateClockUTC),
        .init(next?.at.dateClockUTC ?? ""), .init(change.words ?? ""),
      ]
    }
    return Self.table("Roles", ["Role", "Who", "From (UTC)", "Until (UTC)", "Words"], rows)
  }
}
