/// What several acts ask of the record before they decide.
extension Record {
  /// The incident of that key, or a refusal that says it is not there.
  func incident(_ key: String) throws -> Incident {
    guard let incident = try entity(Incident.self, key), incident.declared != nil else {
      throw Refusal("There is no incident \(key); `midwatch incident list` shows them.")
    }
    return incident
  }

  /// As ``incident(_:)``, and it must not be resolved.
  func openIncident(_ key: String) throws -> Incident {
    let incident = try incident(key)
    if let resolved = incident.resolved {
      throw Refusal("\(key) was resolved at \(resolved.minuteUTC); reopen it first.")
    }
    return incident
  }

  /// Open incidents that name `system`.
  func openIncidents(of system: String) throws -> [Incident] {
    try open(Incident.self).compactMap { try entity(Incident.self, $0) }
      .filter { $0.systems.contains(system) }
  }
}
