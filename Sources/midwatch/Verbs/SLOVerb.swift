import ArgumentParser
import Host
import Incidents
import Systems
import Values
import Watch

struct SLOVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slo",
    abstract: "List objectives: what is left of their error budgets, and how fast they burn.",
    discussion: """
      What was counted over days is what a running engine knows; without one this looks once, and what a rate needs \
      is not there yet.
      """)

  private struct Document: Encodable {
    struct Row: Encodable {
      struct Burn: Encodable {
        let longSeconds: Double
        let longRate: Double?
        let shortSeconds: Double
        let shortRate: Double?
        let factor: Double
        let isTooFast: Bool
      }

      let system: String
      let title: String
      let state: ObjectiveRow.State
      let objective: Double
      let windowSeconds: Double
      let coveredSeconds: Double
      /// 1: nothing is burnt; null: nothing was counted.
      let budgetLeft: Double?
      let exhaustedInSeconds: Double?
      let burns: [Burn]
    }

    var schema = "midwatch.slo/1"
    let objectives: [Row]
  }

  @OptionGroup var options: StateOptions
  @OptionGroup var which: SystemOptions
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling {
      let sources = try which.sources()
      let snapshots = try LiveState(options, sources: sources).snapshots(rounds: 1, every: .seconds(1))
      if format == .json {
        let rows = snapshots.flatMap { snapshot in
          snapshot.objectives.map { Self.row($0, of: snapshot.system) }
        }
        return try Standard.json(Document(objectives: rows))
      }
      let lines = snapshots.flatMap { snapshot in
        snapshot.objectives.map { DutyRows.line($0, of: snapshot.system) }
      }
      Standard.out(
        lines.isEmpty
          ? "No folder has an objective; `slos:` in a system.yaml adds one." : Columns.text(lines))
    }
  }

  private static func row(_ row: ObjectiveRow, of system: String) -> Document.Row {
    Document.Row(
      system: system, title: row.title, state: row.state, objective: row.objective,
      windowSeconds: row.window.seconds, coveredSeconds: row.covered.seconds, budgetLeft: row.left,
      exhaustedInSeconds: row.exhaustion?.seconds,
      burns: row.burns.map {
        Document.Row.Burn(
          longSeconds: $0.window.seconds, longRate: $0.rate, shortSeconds: $0.recentWindow.seconds,
          shortRate: $0.recent, factor: $0.factor, isTooFast: $0.isTooFast)
      })
  }
}
