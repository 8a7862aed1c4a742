import Desk
import Incidents
import Values

/// What it did to people, in figures as far as the journal has them.
extension IncidentReport {
  var impactBlocks: [RetroBlock] {
    written("impact")
      + [.paragraph(incident.impact ?? "The impact was not described.")]
      + Self.facts([
        ("Lasted", lasted), ("Affected", affected), ("Data lost", incident.dataLost),
        ("Tickets", ticketFigures),
      ])
      + Self.table("Alerts that fired", ["Alert", "Level", "Fired (UTC)", "For", "Figure"], alertRows)
      + Self.table("Endpoints that were down", ["Endpoint", "Down (UTC)", "For", "Reason"], endpointRows)
  }

  private var affected: String? {
    incident.affected.isEmpty ? nil : incident.affected.joined(separator: ", ")
  }

  private var lasted: String? {
    guard let started = incident.started else { return nil }
    let mitigated = keyTimes.first { $0.name == "mitigated" }.map {
      "\(($0.at - started).short) until mitigated"
    }
    let resolved = incident.resolved.map { "\(($0 - started).short) until resolved" }
    let open = incident.closed == nil ? "\((made - started).short) so far" : nil
    let parts = [mitigated, resolved, open].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var ticketFigures: String? {
    guard !tickets.isEmpty else { return nil }
    let severities = Severity.allCases.compactMap { severity -> String? in
      let count = tickets.count { $0.ticket.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)"
    }
    let tenants = Set(tickets.compactMap(\.ticket.tenant)).count
    let of = tenants == 0 ? "" : " of \(tenants) \(tenants == 1 ? "tenant" : "tenants")"
    return "\(tickets.count)\(of) (\(severities.joined(separator: ", ")))"
  }

  private var alertRows: [[RetroTable.Cell]] {
    var ends: [String: Instant] = [:]
    func name(_ identity: AlertIdentity, _ activeAt: Instant) -> String {
      "\(identity.key) \(activeAt.milliseconds)"
    }
    for event in events {
      guard let fact = event.fact(AlertResolved.self) else { continue }
      ends[name(fact.identity, fact.activeAt)] = event.occurred
    }
    return events.compactMap { event in
      guard let fact = event.fact(AlertFired.self) else { return nil }
      let labels = fact.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let end = ends[name(fact.identity, fact.activeAt)]
      return [
        .init(([fact.rule] + labels).joined(separator: " ")), .init(fact.level.rawValue),
        .init(event.occurred.dateClockUTC), .init(end.map { ($0 - event.occurred).short } ?? "not ended"),
        .init(Timeline.figures(fact) ?? ""),
      ]
    }
  }

  private var endpointRows: [[RetroTable.Cell]] {
    var rows: [[RetroTable.Cell]] = []
    var down: [String: Int] = [:]
    var since: [String: Instant] = [:]
    for event in events {
      guard let fact = event.fact(EndpointChanged.self) else { continue }
      let name = "\(fact.system)/\(fact.endpoint)"
      if let row = down[name], let from = since[name], fact.to != "down" {
        rows[row][2] = .init((event.occurred - from).short)
        down[name] = nil
      } else if fact.to == "down", down[name] == nil {
        (down[name], since[name]) = (rows.count, event.occurred)
        rows.append([
          .init(name), .init(event.occurred.dateClockUTC), "not ended", .init(fact.reason ?? ""),
        ])
      }
    }
    return rows
  }
}
