import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Systems
import Values

struct TicketSync: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Compare tickets with those of their other houses now, once.",
    discussion: """
      An engine does this by itself, as often as `tickets.source.every` says. What people wrote here is queued; an \
      engine takes it there. Folders that are not trusted are left alone.
      """)

  @OptionGroup var state: StateOptions
  @OptionGroup var which: SystemOptions
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling {
      let journal = try state.open()
      let actor = try state.actor()
      var rows: [TicketSyncRow] = []
      for source in try which.sources() {
        let (folder, problems) = source.load()
        guard let house = folder.tickets?.source else { continue }
        var row = TicketSyncRow(system: folder.name, house: house.name, server: house.shown)
        if problems.contains(where: { $0.weight == .error }) {
          row.failure = "its folder has mistakes; `midwatch validate` shows them"
        } else if source.isBundled {
          row.failure = "it is a simulated system"
        } else if !TrustCheck.mayRunCommands(of: folder, at: source.path, in: journal) {
          row.failure = "it is not trusted as it is now; `midwatch trust \(source.path)` shows why"
        } else {
          try sync(folder, at: source.path, in: journal, by: actor, &row)
        }
        rows.append(row)
      }
      try tell(rows)
      if rows.contains(where: { $0.failure != nil }) { throw ExitCode(1) }
    }
  }

  private func sync(
    _ folder: SystemFolder, at path: String, in journal: Journal, by actor: Actor, _ row: inout TicketSyncRow
  ) throws {
    let write: TicketRound.Write = { acts in
      let results = journal.performBatch(acts.map { WaitingAct($0, by: actor, at: Clock.now()) })
      let isBroken = results.contains {
        if case .failure(let error) = $0 { error is JournalError } else { false }
      }
      return isBroken ? nil : results
    }
    if let round = TicketRound(folder, at: path) {
      let report = round.run(version: Version.text, write: write)
      row.read = report.read
      row.opened = report.opened
      row.changed = report.changed
      row.conflicts = report.conflicts
      row.problems = report.problems
      row.failure = report.failure
    }
    if var debts = TicketDebts(folder, in: journal) {
      let queued = try debts.queue(write: write)
      row.queued = queued.count
      row.problems += queued.refused
    }
  }

  private func tell(_ rows: [TicketSyncRow]) throws {
    if format == .json { return try Standard.json(TicketSyncReport(systems: rows)) }
    if rows.isEmpty { Standard.out("No folder here has a source of tickets.") }
    for row in rows {
      for problem in row.problems { Standard.error("\(row.system): \(problem)") }
      if let failure = row.failure { Standard.error("\(row.system): \(Inert.terminal(failure)).") }
      let conflicts = row.conflicts.isEmpty ? "" : " (\(row.conflicts.joined(separator: " ")))"
      Standard.out(
        "\(row.system): \(row.read) read from \(Inert.terminal(row.house)), \(row.opened.count) new, "
          + "\(row.changed.count) changed, \(row.conflicts.count) in conflict\(conflicts), \(row.queued) queued"
      )
    }
  }
}

private struct TicketSyncReport: Encodable {
  let schema = "midwatch.ticket_sync/1"
  let systems: [TicketSyncRow]
}

private struct TicketSyncRow: Encodable {
  let system: String
  let house: String
  let server: String
  var read = 0
  var opened: [String] = []
  var changed: [String] = []
  var conflicts: [String] = []
  var queued = 0
  var problems: [String] = []
  var failure: String?
}
