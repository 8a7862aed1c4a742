import ArgumentParser
import Host
import Incidents
import Systems
import Values
import Watch

struct RoutineList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List routines, those that are due first.",
    discussion: "Exit status 0 whatever is due: a routine that is late pages nobody.")

  private struct Document: Encodable {
    struct Row: Encodable {
      let system: String
      let title: String
      /// waiting, due, late, overdue or unknown.
      let standing: String
      let due: Instant?
      let lastDone: Instant?
      let lastBy: String?
      let lastRun: String?
      let playbook: String?
      let after: Occasion?
      let evidence: EvidenceFinding?
      let isReview: Bool
    }

    var schema = "midwatch.routines/1"
    let routines: [Row]
  }

  @OptionGroup var options: StateOptions
  @OptionGroup var which: SystemOptions
  @Flag(help: "Only what is due, or may be.") var due = false
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling {
      let now = Clock.now()
      let state = try LiveState(options, sources: try which.sources())
      let rows = state.routines().flatMap { system, rows in rows.map { (system: system, row: $0) } }
        .filter { !due || $0.row.isShown(at: now) }
        .sorted { a, b in
          let (left, right) = (a.row.standing(at: now), b.row.standing(at: now))
          if left != right { return left > right }
          return (a.row.due?.milliseconds ?? .max, a.system, a.row.title)
            < (b.row.due?.milliseconds ?? .max, b.system, b.row.title)
        }
      if format == .json {
        return try Standard.json(
          Document(
            routines: rows.map { system, row in
              Document.Row(
                system: system, title: row.title, standing: DutyRows.word(row, at: now), due: row.due,
                lastDone: row.lastDone, lastBy: row.lastBy, lastRun: row.lastRun, playbook: row.playbook,
                after: row.after, evidence: row.evidence, isReview: row.isReview)
            }))
      }
      guard !rows.isEmpty else {
        return Standard.out(due ? "No routine is due." : "No folder lists a routine.")
      }
      Standard.out(Columns.text(rows.map { DutyRows.line($0.row, of: $0.system, at: now) }))
    }
  }
}
