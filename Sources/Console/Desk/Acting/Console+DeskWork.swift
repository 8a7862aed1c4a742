import Desk
import Incidents
import Terminal
import Values

/// How work at the desk is asked about, done, and answered.
extension Console {
  /// Asks once where it is meant for other roles, where several tickets change, or where it cannot simply be
  /// taken back; else does it.
  mutating func carryOut(_ work: DeskWork, at now: Instant) -> [Effect] {
    guard !work.isSure else { return start(work) }
    var lines = work.action.map { world.objections(to: $0, on: work.tickets) } ?? []
    lines = lines.map { "\($0). Done all the same, it is recorded as such." }
    if work.tickets.count > 1 {
      lines.insert("\(work.verb) \(names(work.tickets)) (\(work.tickets.count) tickets)", at: 0)
    } else if case .merge(let other) = work.change {
      lines.insert(contentsOf: mergeLines(work.tickets.joined(), into: other), at: 0)
    }
    guard !lines.isEmpty else { return start(work) }
    var sure = work
    sure.isSure = true
    return open(
      .confirm(
        Confirmation(
          .desk(sure), lines: lines,
          verb: work.tickets.count > 1 ? "do it \(work.tickets.count) times" : "do it")))
  }

  private func names(_ keys: [String]) -> String {
    keys.count <= 12
      ? keys.joined(separator: ", ")
      : keys.prefix(11).joined(separator: ", ") + " and \(keys.count - 11) more"
  }

  private func mergeLines(_ key: String, into other: String) -> [String] {
    let (from, to) = (world.ticket(key)?.ticket, world.ticket(other)?.ticket)
    var lines = [
      "\(key) \(Inert.terminal(from?.subject ?? "")) is closed; from now on it is part of \(other)"
        + (to.map { " \(Inert.terminal($0.subject))" } ?? "") + ". Both say so; :unmerge takes it back."
    ]
    if let from, let to, from.requester != to.requester {
      lines.append(
        "\(key) is \(Inert.terminal(from.requester))'s and \(other) is \(Inert.terminal(to.requester))'s: "
          + "each conversation may be read by the other.")
    } else if to == nil {
      lines.append("\(other) is not read here: it may be another customer's.")
    }
    return lines
  }

  /// One act a ticket; several get a page of receipts.
  mutating func start(_ work: DeskWork) -> [Effect] {
    if work.tickets.count > 1 {
      tickets.batch = DeskBatch(work: work)
      var effects: [Effect] = []
      for key in work.tickets {
        let act = world.act(work, on: key)
        effects += perform(act, on: key, done: "", next: .receipt(ticket: key), closing: true)
      }
      return effects
    }
    guard let key = work.tickets.first else { return [] }
    let act = world.act(work, on: key)
    return perform(
      act, on: key, done: work.done(key, me: world.options.handle), undo: undo(work, key),
      next: next(work, key),
      closing: shell.overlay != nil)
  }

  private func undo(_ work: DeskWork, _ key: String) -> ActsUnderWay.Undo? {
    guard case .assign = work.change, let ticket = world.ticket(key)?.ticket else { return nil }
    return .assignment(ticket: key, to: ticket.assignee ?? "")
  }

  private func next(_ work: DeskWork, _ key: String) -> ActsUnderWay.Next {
    switch work.change {
    case .comment(_, let isPublic): .sent(CommentPanel.key([key], isPublic: isPublic))
    case .link(let incident): .linked(incident: incident, ticket: key)
    case .split: .showTicket
    default: .nothing
    }
  }

  /// Takes what became of one of several; the last one opens the page of receipts.
  mutating func receive(receipt key: String, refusal: String?, at now: Instant) -> [Effect] {
    // In its place: a copy for each of thousands costs more than the acts.
    tickets.batch?.receipts.append(.init(ticket: key, refusal: refusal))
    guard let batch = tickets.batch else { return [] }
    guard batch.isOver else {
      if batch.receipts.count % 500 == 0 {
        shell.say("\(batch.work.verb): \(batch.receipts.count) of \(batch.work.tickets.count)", at: now)
      }
      return []
    }
    tickets.batch = nil
    let isRefused = batch.receipts.contains { $0.refusal != nil }
    shell.overlay = .page(batch.page(me: world.options.handle))
    if !isRefused { tickets.list.clearMarks() }
    guard case .comment(_, let isPublic) = batch.work.change, !isRefused else {
      if case .link(let incident) = batch.work.change { return proposeAnnouncement(incident, at: now) }
      return []
    }
    return forget(CommentPanel.key(batch.work.tickets, isPublic: isPublic))
  }

  /// The text was sent: nothing of it needs to be kept.
  mutating func forget(_ unsent: String) -> [Effect] {
    tickets.unsent[unsent] = nil
    return [.keepUnsent(key: unsent, text: "")]
  }
}
