import Incidents
import Values

/// What several acts ask of the record before they decide.
extension Record {
  /// The ticket of that key, or a refusal that says it is not there.
  func ticket(_ key: String) throws -> Ticket {
    guard let ticket = try entity(Ticket.self, key), ticket.opened != nil else {
      throw Refusal("There is no ticket \(Inert.terminal(key)); `midwatch ticket list` shows them.")
    }
    return ticket
  }

  /// As ``ticket(_:)``, and it must not have been merged into another.
  func unmergedTicket(_ key: String) throws -> Ticket {
    let ticket = try ticket(key)
    if let other = ticket.mergedInto {
      let last = try ticket.merges { try entity(Ticket.self, $0) }.last?.key ?? other
      throw Refusal("\(key) was merged into \(other); work on \(last).")
    }
    return ticket
  }
}
