import Desk
import Incidents

/// What an incident does to customers, by the tickets that are linked to it, and which of them wait for a word.
package struct IncidentImpact: Equatable, Sendable {
  package struct Linked: Hashable, Sendable {
    package let key: String
    package let requester: String
    package let comments: Int
  }

  package let incident: String
  package let customers: CustomerImpact
  /// Those on which work remains, the oldest first.
  package let open: [Linked]

  /// - Parameter rows: what `CustomerImpact.query(of:)` found.
  init(_ incident: String, _ rows: [IndexRow<Ticket>]) {
    self.incident = incident
    customers = CustomerImpact(rows)
    open = rows.filter(\.isOpen).map {
      Linked(key: $0.key, requester: $0.text(.requester) ?? "", comments: Int($0.integer(.comments) ?? 0))
    }
  }
}
