import Incidents
import Values

/// What an incident's tickets say of its customers.
package struct CustomerImpact: Hashable, Sendable {
  package let tickets: Int
  /// Not over, and not merged into another.
  package let open: Int
  /// Waiting for support's answer.
  package let waiting: Int
  /// Each once, in order.
  package let tenants: [String]
  package let requesters: Int
  package let worst: Severity?

  /// The tickets that are linked to an incident, the oldest first; those merged into another are left out.
  package static func query(of incident: String) -> IndexQuery<Ticket> {
    IndexQuery(
      .and([.compare(.incidents, .equal, .text(incident)), .isNull(.merged)]), order: [.ascending(.number)])
  }

  /// - Parameter rows: what ``query(of:)`` found.
  package init(_ rows: [IndexRow<Ticket>]) {
    tickets = rows.count
    open = rows.count(where: \.isOpen)
    waiting = rows.count {
      $0.text(.state) == TicketState.pendingSupport.rawValue || $0.text(.state) == TicketState.open.rawValue
    }
    tenants = Set(rows.compactMap { $0.text(.tenant) }).sorted()
    requesters = Set(rows.compactMap { $0.text(.requester)?.lowercased() }).count
    worst = rows.compactMap { $0.integer(.severity) }.min().flatMap { rank in
      Severity.allCases.first { $0.rank == rank }
    }
  }

  /// Several tenants are affected: others may be, who wrote nothing.
  package var asksForAnnouncement: Bool { tenants.count > 1 }

  /// `3 tickets of 2 tenants, worst S1`.
  package var words: String { count + (tenants.isEmpty ? "" : " of \(ofTenants)") + severity }

  /// `3 tickets of 2 tenants (kumo, sakura), worst S1, 1 waits for support`; nil when there is none.
  package var sentence: String? {
    guard tickets > 0 else { return nil }
    var text = count
    if !tenants.isEmpty {
      let names = tenants.prefix(5).joined(separator: ", ") + (tenants.count > 5 ? ", …" : "")
      text += tenants.count == 1 ? " of \(names)" : " of \(ofTenants) (\(names))"
    }
    text += severity
    if waiting > 0 { text += ", \(waiting) \(waiting == 1 ? "waits" : "wait") for support" }
    return text
  }

  private var count: String { tickets == 1 ? "1 ticket" : "\(tickets) tickets" }

  private var ofTenants: String { tenants.count == 1 ? "1 tenant" : "\(tenants.count) tenants" }

  private var severity: String { worst.map { ", worst \($0.rawValue)" } ?? "" }
}
