import Comms
import Desk
import Incidents
import Journal
import Systems
import Values

/// One round with another house: everything that it lists is compared, and what is new there is taken in. What was
/// read before the network went stays; the next round goes on from what is known.
package struct TicketRound {
  package struct Report: Sendable {
    /// How many tickets that house listed.
    package var read = 0
    package var opened: [String] = []
    package var changed: [String] = []
    /// Tickets with a field that both sides changed.
    package var conflicts: [String] = []
    /// What was not taken in, as sentences.
    package var problems: [String] = []
    /// Why it ended early, as a phrase.
    package var failure: String?

    package init() {}
  }

  /// Has acts written, in their order; nil when the journal cannot take them.
  package typealias Write = @Sendable ([any Act]) -> [Result<[Event], any Error>]?

  private let folder: SystemFolder
  private let source: TicketSource
  private let path: String
  private let hand: DeskHand

  private static let together = 64
  private static let mostPages = 1000

  /// Nil where the folder has no source of tickets.
  package init?(_ folder: SystemFolder, at path: String) {
    guard let source = folder.tickets?.source else { return nil }
    self.folder = folder
    self.source = source
    self.path = path
    hand = DeskHand(zones: TicketZones.of(folder.ticketPlan))
  }

  /// By itself: for verbs that do it once.
  package func run(version: String, write: Write) -> Report {
    let carrier = DeliveryCarrier(version: version)
    defer { carrier.stop() }
    return run(by: carrier, write: write)
  }

  func run(by carrier: DeliveryCarrier, write: Write) -> Report {
    var report = Report()
    var hand = hand
    do throws(TicketFailure) {
      let house = try TicketHouse(source, of: folder, at: path, by: carrier)
      var cursor: String?
      var seen: Set<String> = []
      for number in 1...Self.mostPages {
        let readAt = Clock.now()
        guard let answer = house.page(cursor, at: readAt) else { break }
        let page = try answer.get()
        report.problems += page.mistakes
        report.read += page.tickets.count
        guard take(page.tickets, readAt: readAt, by: &hand, &report, write) else { break }
        guard let next = page.cursor, seen.insert(next).inserted else { break }
        cursor = next
        if number == Self.mostPages {
          report.problems.append(
            "\(Inert.terminal(source.name)) lists more than \(Self.mostPages) pages, and the rest was not read; "
              + "have `list` ask for more tickets a page, or for fewer tickets.")
        }
      }
    } catch {
      report.failure = error.reason
    }
    return report
  }

  /// False when the journal takes nothing.
  private func take(
    _ tickets: [IncomingTicket], readAt: Instant, by hand: inout DeskHand, _ report: inout Report,
    _ write: Write
  ) -> Bool {
    var rest = tickets[...]
    while !rest.isEmpty {
      let batch = rest.prefix(Self.together)
      rest = rest.dropFirst(Self.together)
      guard var results = write(batch.map { act(for: $0, readAt: readAt, by: hand) }) else {
        report.failure = "the journal takes nothing"
        return false
      }
      let again = TicketZones.complete(&hand, after: results) { report.problems.append($0) }
      if !again.isEmpty {
        let tickets = Array(batch)
        guard let more = write(again.map { act(for: tickets[$0], readAt: readAt, by: hand) }) else {
          report.failure = "the journal takes nothing"
          return false
        }
        for (index, result) in zip(again, more) { results[index] = result }
      }
      for (ticket, result) in zip(batch, results) { note(result, of: ticket, &report) }
    }
    return true
  }

  private func act(for ticket: IncomingTicket, readAt: Instant, by hand: DeskHand) -> any Act {
    var ticket = ticket
    // Whose tickets they are the folder says, and nobody outside.
    ticket.system = nil
    let digest = HexDigest.of((try? FactCoding.encode(ticket)) ?? [])
    var take = TakeTicket(
      ticket, from: source.name, digest: digest, system: folder.name, plan: folder.ticketPlan, hand: hand)
    take.readAt = readAt
    return SyncTicket(take, of: folder.name)
  }

  private func note(
    _ result: Result<[Event], any Error>, of ticket: IncomingTicket, _ report: inout Report
  ) {
    switch result {
    case .failure(let error): report.problems.append("\(Inert.terminal(ticket.id)): \(Sentence.of(error))")
    case .success(let events):
      guard let key = events.first?.ticket else { return }
      if events.contains(where: { $0.kind == TicketOpened.kind }) {
        report.opened.append(key)
      } else if events.contains(where: { $0.kind != TicketSynced.kind }) {
        report.changed.append(key)
      }
      let synced = events.lazy.compactMap { $0.fact(TicketSynced.self) }.first
      if synced?.conflicts != nil { report.conflicts.append(key) }
    }
  }
}
