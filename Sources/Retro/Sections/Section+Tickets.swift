import Values

/// Requests that it explains, with what was said on them.
extension IncidentReport {
  var ticketBlocks: [RetroBlock] {
    let rows = tickets.map { one -> [RetroTable.Cell] in
      let ticket = one.ticket
      return [
        .init(ticket.key), .init(ticket.subject), .init(ticket.requester), .init(ticket.tenant ?? ""),
        .init(ticket.severity.rawValue), .init(ticket.state.rawValue.replacing("_", with: " ")),
        .init(ticket.openedAt?.dateClockUTC ?? ""),
      ]
    }
    let headings = ["Ticket", "Subject", "From", "Tenant", "Severity", "State", "Opened (UTC)"]
    return Self.table("Tickets affected", headings, rows)
      + tickets.filter { !$0.conversation.isEmpty }.map { one in
        .group(title: "\(one.ticket.key) \(one.ticket.subject)", [.conversation(one.conversation)])
      }
  }
}
