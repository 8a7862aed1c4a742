import ArgumentParser
import Comms
import Desk
import Host
import Incidents
import Journal
import Systems
import Values

struct TicketComment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment", abstract: "Write on a ticket: to the customer, or for the house alone.",
    discussion: """
      --public is what the customer reads: it shows the text and asks, and the ticket waits for the customer then. \
      --internal stays in the house and moves nothing. --as-customer writes down what the customer said elsewhere. \
      --template fills a canned reply; `midwatch ticket comment T-1 --template list` names them.
      """)

  @OptionGroup var options: TicketOptions
  @OptionGroup var canned: CannedOptions
  @Flag(name: .customLong("public"), help: "The customer reads it.") var isPublic = false
  @Flag(name: .customLong("internal"), help: "The customer does not see it.") var isInternal = false
  @Option(help: ArgumentHelp("The customer said it: their name, or - for the requester.", valueName: "name"))
  var asCustomer: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("When it was said: -12m, 14:03, 14:03Z.", valueName: "time"))
  var at: String?
  @Option(help: ArgumentHelp("A file that belongs to it; again for more.", valueName: "path"))
  var attach: [String] = []
  @Flag(help: "It is meant; do not ask.") var yes = false
  @Argument(help: "T-482.") var ticket: String
  @Argument(help: "What to write; - reads it from standard input.") var text: [String] = []

  func run() throws {
    let kinds = [isPublic, isInternal, asCustomer != nil].count { $0 }
    guard kinds == 1 || canned.isList else {
      throw ValidationError(
        kinds == 0
          ? "Say who reads it: --public, or --internal; or who said it: --as-customer."
          : "It is either --public, --internal or --as-customer.")
    }
    guard canned.template == nil || text.isEmpty else {
      throw ValidationError("Write the text, or fill a --template; not both.")
    }
    let written = try at.map { try CommandTime.past($0, at: Clock.now()) }
    try Standard.telling {
      let desk = try TicketDesk(options, readOnly: canned.isList)
      let state = try desk.ticket(ticket)
      if canned.isList { return canned.tellAll(of: desk.folder(of: state.system)) }
      let files = try TicketWords.attachments(attach, options)
      let words =
        try canned.template == nil
        ? TicketWords.read(text.joined(separator: " ")) : canned.text(for: state, at: desk)
      let unfilled = Unfilled.names(in: words)
      guard !isPublic || unfilled.isEmpty else {
        let names = unfilled.map { "{{\($0)}}" }.joined(separator: ", ")
        throw Refusal("Fill in \(Inert.terminal(names)) first; the customer would read it so.")
      }
      if isPublic, !yes {
        Standard.plainError(Inert.terminalKeepingLines(words))
        for file in files { Standard.plainError("attached: \(Inert.terminal(file))") }
        try Question.confirm("send this to \(Inert.terminal(state.requester)) on \(state.key)", isSaid: yes)
      }
      try options.perform(on: [state.key], at: desk) { ticket, desk in
        var act = CommentTicket(ticket.key, text: words, isPublic: isPublic, hand: desk.hand(for: ticket))
        if let asCustomer { act.writer = .customer(asCustomer == "-" ? "" : asCustomer) }
        act.attachments = files
        act.written = written
        // What came in while somebody was asked has not been read.
        if isPublic { act.seen = state.comments }
        return try desk.answer(act, on: ticket)
      }
    }
  }
}
