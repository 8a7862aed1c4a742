import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

struct TicketReply: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reply", abstract: "One public reply to every ticket that is linked to an incident.",
    discussion: """
      Shows the text and how many read it, and asks. Each ticket has a receipt: done, or why not. Those that are closed \
      or merged into another get none. A --template is filled for each of them: `known` while it lasts, `solved` after.
      """)

  @OptionGroup var options: TicketOptions
  @OptionGroup var canned: CannedOptions
  @Option(help: ArgumentHelp("Whose tickets, INC-3.", valueName: "incident")) var incident: String
  @Flag(help: "It is meant; do not ask.") var yes = false
  @Argument(help: "What to write; - reads it from standard input.") var text: [String] = []

  func run() throws {
    guard canned.template == nil || text.isEmpty else {
      throw ValidationError("Write the text, or fill a --template; not both.")
    }
    try Standard.telling {
      let desk = try TicketDesk(options)
      let subject = try IncidentOptions.incident(incident, in: desk.journal)
      let linked = try desk.journal.entities(CustomerImpact.query(of: subject.key))
      let wanted = linked.filter { $0.state != .closed }
      guard let first = wanted.first else {
        throw Refusal(
          "No ticket that is not closed is linked to \(subject.key); `midwatch ticket link` links one.")
      }
      let words = canned.template == nil ? try TicketWords.read(text.joined(separator: " ")) : nil
      let texts = try wanted.map { try words ?? canned.text(for: $0, incident: subject, at: desk) }
      if !yes {
        Standard.plainError(Inert.terminalKeepingLines(texts.first ?? ""))
        let others = wanted.count == 1 ? "" : " and \(wanted.count - 1) more"
        try Question.confirm(
          "send this to \(Inert.terminal(first.requester)) on \(first.key)\(others)", isSaid: yes)
      }
      let receipts = zip(wanted, texts).map { one, text in
        options.receipt(of: one.key, at: desk) { ticket, desk in
          var act = CommentTicket(ticket.key, text: text, isPublic: true, hand: desk.hand(for: ticket))
          act.seen = one.comments
          return try desk.answer(act, on: ticket)
        }
      }
      let isDone = try TicketReceipt.tell(receipts, as: options.format)
      let closed = linked.count - wanted.count
      if closed > 0 {
        Standard.plainError("\(closed) closed \(closed == 1 ? "ticket" : "tickets") got none.")
      }
      TicketAnnouncement.propose(try desk.impact(of: subject.key), of: subject.key)
      guard isDone else { throw ExitCode(1) }
    }
  }
}
