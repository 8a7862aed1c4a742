import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

struct TicketKeep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep", abstract: "Choose between what was changed here and in the other house.")

  @OptionGroup var state: StateOptions
  @Flag(help: "Ours goes there.") var ours = false
  @Flag(help: "Theirs is taken here.") var theirs = false
  @Argument(help: "T-482.") var ticket: String
  @Argument(help: "state, assignee, priority …") var field: String

  func run() throws {
    guard ours != theirs else { throw ValidationError("Say --ours or --theirs.") }
    try Standard.telling {
      let journal = try state.open()
      let key = ticket.allSatisfy(\.isNumber) ? "T-\(ticket)" : ticket.uppercased()
      let zones = try journal.entity(Ticket.self, key: key)?.plan?.zones ?? []
      let known = zones.compactMap { name in ZoneReader.zone(name).map { (name, $0) } }
      let hand = DeskHand(isSure: true, zones: Dictionary(known, uniquingKeysWith: { $1 }))
      let act = ResolveConflict(key, field: field, keep: ours ? .ours : .theirs, hand: hand)
      _ = try journal.perform(act, by: try state.actor(), at: Clock.now())
      Standard.out("\(key): \(field) stays as \(ours ? "it is here" : "the other house has it")")
    }
  }
}
