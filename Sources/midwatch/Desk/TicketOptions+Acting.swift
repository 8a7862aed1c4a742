import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

/// Acting on one ticket or on many, with a receipt for each. One that is refused leaves the others alone; some share a
/// commit, and what is told was written.
extension TicketOptions {
  /// Tickets a commit.
  private static let together = 100
  /// From so many on the last line counts them.
  private static let many = 10

  func perform(on texts: [String], _ act: (Ticket, TicketDesk) throws -> any Act) throws {
    try Standard.telling {
      let desk = try TicketDesk(self)
      try perform(on: texts, at: desk, act)
    }
  }

  /// - Throws: exit status 1, after everything was told, when something was refused.
  func perform(on texts: [String], at desk: TicketDesk, _ act: (Ticket, TicketDesk) throws -> any Act) throws
  {
    let keys = TicketOptions.keys(texts)
    var receipts: [TicketReceipt] = []
    var progress = ProgressLine("tickets done", of: keys.count)
    for start in stride(from: 0, to: keys.count, by: Self.together) {
      receipts += self.receipts(of: keys[start..<min(start + Self.together, keys.count)], at: desk, act)
      progress.tell(receipts.count)
    }
    progress.clear()
    let isDone = try TicketReceipt.tell(receipts, as: format)
    if receipts.count >= Self.many, format == .table {
      let refused = receipts.count { !$0.isDone }
      Standard.plainError(
        "\(receipts.count - refused) done" + (refused > 0 ? ", \(refused) refused" : ""))
    }
    guard isDone else { throw ExitCode(1) }
  }

  func receipt(
    of key: String, at desk: TicketDesk, _ act: (Ticket, TicketDesk) throws -> any Act
  ) -> TicketReceipt {
    receipts(of: [key], at: desk, act).first
      ?? TicketReceipt(key, refusal: "Nothing was done.", in: desk.journal)
  }

  /// Done in one commit.
  private func receipts(
    of keys: some Sequence<String>, at desk: TicketDesk, _ act: (Ticket, TicketDesk) throws -> any Act
  ) -> [TicketReceipt] {
    let acts = keys.map { key in
      (
        key: key,
        act: Result {
          let ticket = try desk.ticket(key)
          return WaitingAct(try act(ticket, desk), by: desk.actor, at: desk.now)
        }
      )
    }
    let waiting = acts.compactMap { try? $0.act.get() }
    let results = Dictionary(
      zip(waiting.map(\.id), desk.journal.performBatch(waiting)), uniquingKeysWith: { $1 })
    return acts.map { key, act in
      do {
        let events = try results[try act.get().id]?.get() ?? []
        return TicketReceipt(key, events: events, in: desk.journal)
      } catch {
        return TicketReceipt(key, refusal: Self.sentence(of: error), in: desk.journal)
      }
    }
  }

  /// With the option that answers what it asks.
  static func sentence(of error: any Error) -> String {
    let sentence = Sentence.of(error)
    guard sentence.contains(DeskHand.asking) else { return sentence }
    return sentence.replacing(DeskHand.asking, with: "\(DeskHand.asking) (--sure)")
  }
}
