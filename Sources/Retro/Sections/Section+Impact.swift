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
    // What came before the start is told among the key times.
    func words(_ end: Instant?, _ what: String) -> String? {
      end.flatMap { $0 < started ? nil : "\(($0 - started).short) \(what)" }
    }
    let parts = [
      words(keyTimes.first { $0.name == "mitigated" }?.at, "until mitigated"),
      words(incident.resolved, "until resolved"), words(incident.closed == nil ? made : nil, "so far"),
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var ticketFigures: String? {
    guard !tickets.isEmpty else { return nil }
    let severities = Severity.allCases.compactMap { severity -> String? in
      let count = tickets.count { $0.ticket.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)"
    }
    let tenants = Set(tickets.compactMap(\.ticket.tenant)).count
    let from = tenants == 0 ? "" : " from \(tenants) \(tenants == 1 ? "tenant" : "tenants")"
    return "\(tickets.count)\(from) (\(severities.joined(separator: ", ")))"
  }

  private var alertRows: [[RetroTable.Cell]] {
    firings.inParallel { $0.map(Self.alertRow) }.flatMap(\.self)
  }

  private static func alertRow(_ one: AlertFiring) -> [RetroTable.Cell] {
    // What its rule and its level say is not said again.
    let said = ["alertname": one.fact.rule, "severity": one.fact.level.rawValue]
    let labels = one.fact.labels.filter { said[$0.key] != $0.value }.sorted { $0.key < $1.key }.map {
      "\($0.key)=\($0.value)"
    }
    return [
      .init(([one.fact.rule] + labels).joined(separator: " ")), .init(one.fact.level.rawValue),
      .init(one.at.dateClockUTC), .init(one.ended.map { ($0 - one.at).short } ?? "not ended"),
      .init(Timeline.figures(one.fact) ?? ""),
    ]
  }

  private var endpointRows: [[RetroTable.Cell]] {
    outages.map { one in
      [
        .init(one.endpoint), .init(one.from.dateClockUTC),
        .init(one.until.map { ($0 - one.from).short } ?? "not ended"), .init(one.reason ?? ""),
      ]
    }
  }
}
