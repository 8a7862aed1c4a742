import ArgumentParser
import Desk
import Journal

struct TicketKeep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep", abstract: "Choose between what was changed here and in the other house.")

  @OptionGroup var options: TicketOptions
  @Flag(help: "Ours goes there.") var ours = false
  @Flag(help: "Theirs is taken here.") var theirs = false
  @Argument(help: "T-482.") var ticket: String
  @Argument(help: "state, assignee, priority …") var field: String

  func run() throws {
    guard ours != theirs else { throw ValidationError("Say --ours or --theirs.") }
    let side = ours ? ResolveConflict.Side.ours : .theirs
    func act(_ ticket: Ticket, _ desk: TicketDesk) -> ResolveConflict {
      let hand = DeskHand(isSure: true, zones: desk.zones(of: ticket.plan))
      return ResolveConflict(ticket.key, field: field, keep: side, hand: hand)
    }
    guard options.format == .table else { return try options.perform(on: [ticket], act) }
    try Standard.telling {
      let desk = try TicketDesk(options)
      let state = try desk.ticket(ticket)
      _ = try desk.journal.perform(act(state, desk), by: desk.actor, at: desk.now)
      Standard.out("\(state.key): \(field) stays as \(ours ? "it is here" : "the other house has it")")
    }
  }
}
