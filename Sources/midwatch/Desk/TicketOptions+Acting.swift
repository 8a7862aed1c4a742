import ArgumentParser
import Desk
import Host
import Incidents
import Values

/// Acting on one ticket or on many, each in a transaction of its own, with a receipt for each.
extension TicketOptions {
  func perform(on texts: [String], _ act: (Ticket, TicketDesk) throws -> any Act) throws {
    try Standard.telling {
      let desk = try TicketDesk(self)
      try perform(on: texts, at: desk, act)
    }
  }

  /// - Throws: exit status 1, after everything was told, when something was refused.
  func perform(on texts: [String], at desk: TicketDesk, _ act: (Ticket, TicketDesk) throws -> any Act) throws
  {
    let receipts = TicketOptions.keys(texts).map { receipt(of: $0, at: desk, act) }
    guard try TicketReceipt.tell(receipts, as: format) else { throw ExitCode(1) }
  }

  func receipt(
    of key: String, at desk: TicketDesk, _ act: (Ticket, TicketDesk) throws -> any Act
  ) -> TicketReceipt {
    do {
      let ticket = try desk.ticket(key)
      let events = try desk.journal.perform(try act(ticket, desk), by: desk.actor, at: desk.now)
      return TicketReceipt(ticket.key, events: events, in: desk.journal)
    } catch {
      return TicketReceipt(key, refusal: Self.sentence(of: error), in: desk.journal)
    }
  }

  /// With the option that answers what it asks.
  static func sentence(of error: any Error) -> String {
    let sentence = Sentence.of(error)
    guard sentence.contains(DeskHand.asking) else { return sentence }
    return sentence.replacing(DeskHand.asking, with: "\(DeskHand.asking) (--sure)")
  }
}
