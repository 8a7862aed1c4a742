import Incidents
import Values

/// Writes on a ticket. A public reply of support waits for the customer, a customer's reply waits for support;
/// an internal comment moves nothing.
package struct CommentTicket: Act {
  package enum Writer: Equatable, Sendable {
    case support
    /// By what name the requester is known.
    case customer(String)
  }

  package var ticket: String
  package var text: String
  package var isPublic: Bool
  package var writer = Writer.support
  package var attachments: [AttachmentPath] = []
  /// Its id in the house that it came from.
  package var external: String?
  /// Who of support wrote it there, by the name that they have there.
  package var author: String?
  /// How many comments the writer had seen; more of others since is a refusal that says so. Nil writes anyway.
  package var seen: Int?
  /// When it was written, if that was before now. It dates the words; what support tells the customer now counts
  /// from now.
  package var written: Instant?
  /// Where the ticket stands is somebody else's to say.
  var keepsState = false
  package var hand: DeskHand

  package init(_ ticket: String, text: String, isPublic: Bool, hand: DeskHand) {
    self.ticket = ticket
    self.text = text
    self.isPublic = isPublic
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard text.hasWords || !attachments.isEmpty else {
      throw Refusal("There is nothing to write on \(ticket) yet.")
    }
    if let written, written > now { throw Refusal("\(written.dateClockUTC) is in the future.") }
    if let written, external == nil, let opened = state.openedAt, written < opened {
      throw Refusal(
        "\(ticket) was opened at \(opened.dateClockUTC); nothing was written on it before that.")
    }
    if let external, state.commentIDs.contains(external) { return Decision() }
    if let seen, state.comments > seen, let last = state.lastComment {
      throw Refusal(
        "\(Inert.terminal(last.by)) wrote on \(ticket) at \(last.at.minuteUTC), after you "
          + "looked; read that, then send yours again."
      )
    }
    var customer: String?
    if case .customer(let name) = writer { customer = name.hasWords ? name : state.requester }
    let outside = customer == nil ? try hand.outside(isPublic ? .public : .internal) : nil
    let turn: TicketTurn = customer != nil ? .customerReplies : isPublic ? .supportReplies : .supportNotes
    let said = max(written ?? now, state.openedAt ?? now)
    // What goes out now answers now, whenever it was written.
    let isLate = customer == nil && isPublic && external == nil && said < now
    let at = isLate ? now : said
    var fact = TicketCommented(
      text: text, isPublic: isPublic || customer != nil, customer: customer,
      attachments: attachments.isEmpty ? nil : attachments, external: external, author: author,
      outsideRoles: outside)
    if isLate { fact.written = said }
    var entries = [Entry(fact, at: at, ticket: ticket)]
    let isOld = customer != nil && external == nil && state.isPast(said)
    switch isOld || keepsState ? .stays : TicketTransitions.answer(turn, in: state.state) {
    case .moves(let to), .reopens(let to), .overrides(let to):
      var changed = TicketChanged()
      changed.state = to
      entries.append(Entry(changed, at: max(at, min(state.stateSince ?? at, now)), ticket: ticket))
      entries += try state.holding(as: to, at: now, in: record)
    case .stays, .already: break
    case .closed:
      throw Refusal(
        "\(ticket) is closed; reopen it before you write to the customer, or write an internal comment.")
    }
    return Decision(append: try state.settled(entries, zones: hand.zones, by: actor, at: now))
  }
}

extension Ticket {
  /// Whether what the customer wrote then has been answered since, or is over.
  fileprivate func isPast(_ moment: Instant) -> Bool {
    if let replied, moment < replied { return true }
    guard !state.isOpen, let stateSince else { return false }
    return moment < stateSince
  }
}
