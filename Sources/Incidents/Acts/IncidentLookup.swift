import Values

/// What several acts ask of the record before they decide.
extension Record {
  /// The incident of that key, or a refusal that says it is not there.
  func incident(_ key: String) throws -> Incident {
    guard let incident = try entity(Incident.self, key), incident.declared != nil else {
      throw Refusal("There is no incident \(Inert.terminal(key)); `midwatch incident list` shows them.")
    }
    return incident
  }

  /// As ``incident(_:)``, and it must not have been merged into another.
  func unmergedIncident(_ key: String) throws -> Incident {
    let incident = try incident(key)
    if let merger = incident.merger {
      throw Refusal(
        "\(key) was merged into \(merger.to) by \(merger.by) at \(merger.at.minuteUTC); act on \(merger.to).")
    }
    return incident
  }

  /// As ``unmergedIncident(_:)``, and it must not be resolved.
  func openIncident(_ key: String) throws -> Incident {
    let incident = try unmergedIncident(key)
    if let last = incident.resolutions.last, incident.resolved != nil {
      throw Refusal("\(key) was resolved by \(last.by) at \(last.at.minuteUTC); reopen it first.")
    }
    return incident
  }

  /// Open incidents that name `system`.
  func openIncidents(of system: String) throws -> [Incident] {
    try open(Incident.self).compactMap { try entity(Incident.self, $0) }
      .filter { $0.systems.contains(system) }
  }
}

extension String {
  /// Whether somebody said something.
  package var hasWords: Bool { contains { !$0.isWhitespace } }
}

extension Optional where Wrapped == String {
  /// What was said; nil for blanks.
  package var words: String? { flatMap { $0.hasWords ? $0 : nil } }
}
