import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

struct TicketWhy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Why a clock is where it is: every stretch counted, skipped or paused, and the sum.",
    discussion:
      "Times are of the calendar's zone, with their distance from UTC. Without a clock all of the ticket's.")

  @OptionGroup var options: TicketOptions
  @Option(help: ArgumentHelp("So many stretches are told apart.", valueName: "n")) var most = 200
  @Argument(help: "T-482.") var ticket: String
  @Argument(help: "respond, mitigate or resolve.") var clock: String?

  private struct Document: Encodable {
    struct Ledger: Encodable {
      struct Segment: Encodable {
        let from: Instant
        let until: Instant
        let kind: String
        let seconds: Int64
        let countedSeconds: Int64
        let sumSeconds: Int64
      }

      let clock: TicketClock
      let severity: Severity
      let calendar: String?
      let zone: String
      let start: Instant
      let targetSeconds: Int64?
      let usedSeconds: Int64
      let segments: [Segment]
      let verdict: String
    }

    var schema = "midwatch.ticket_clocks/1"
    let ticket: String
    let ledgers: [Ledger]
  }

  func run() throws {
    guard (1...100_000).contains(most) else { throw ValidationError("--most is a number from 1 to 100000.") }
    let wanted = try clock.map { text in
      guard let clock = TicketClock(rawValue: text.lowercased()) else {
        let all = TicketClock.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("\"\(Inert.terminal(text))\" is no clock; write one of \(all).")
      }
      return clock
    }
    try Standard.telling {
      let desk = try TicketDesk(options, readOnly: true)
      let state = try desk.ticket(ticket)
      let ticking = state.ticking(zones: desk.zones(of: state.plan))
      let all = TicketClock.allCases.compactMap { ticking?.ledger(of: $0, at: desk.now, most: most) }
      let ledgers = all.filter { wanted == nil ? $0.target != nil : $0.clock == wanted }
      if options.format == .json {
        return try Standard.json(Document(ticket: state.key, ledgers: ledgers.map(Self.told)))
      }
      guard !ledgers.isEmpty else {
        return Standard.out("\(state.severity.rawValue) sets no time for \(state.key).")
      }
      Standard.out(ledgers.map { $0.lines().joined(separator: "\n") }.joined(separator: "\n\n"))
    }
  }

  private static func told(_ ledger: ClockLedger) -> Document.Ledger {
    Document.Ledger(
      clock: ledger.clock, severity: ledger.severity,
      calendar: ledger.hours.isAlways ? nil : ledger.hours.name,
      zone: ledger.hours.zone.name, start: ledger.start,
      targetSeconds: ledger.target.map { $0.milliseconds / 1000 },
      usedSeconds: ledger.used.milliseconds / 1000,
      segments: ledger.segments.map {
        .init(
          from: $0.from, until: $0.until, kind: $0.kind.words, seconds: $0.length.milliseconds / 1000,
          countedSeconds: $0.counted.milliseconds / 1000, sumSeconds: $0.sum.milliseconds / 1000)
      }, verdict: ledger.lines().last ?? "")
  }
}
