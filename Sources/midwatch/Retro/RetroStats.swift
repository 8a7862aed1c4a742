import ArgumentParser
import Host
import Incidents
import Retro
import Values

struct RetroStats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Measure a period's incidents: times, promises, alerts, steps.",
    discussion: """
      Every measure names the two moments between which it lies; entries in the wrong order are told of and count \
      nowhere. An incident belongs to the period in which it started.
      """)

  @OptionGroup var options: StateOptions
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "From when on: 90d, 2026-11-01, yesterday 06:00; default the beginning.", valueName: "time"))
  var since: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Until when; default now.", valueName: "time"))
  var until: String?
  @Option(help: "Only incidents of this system.") var system: String?
  @Option(help: "Only incidents of this severity.") var severity: String?
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    let now = Clock.now()
    let since = try since.map { try CommandTime.edge($0, "--since", at: now) }
    let severity = try severity.map { try IncidentDeclare.severity($0) }
    let until = try until.map { try CommandTime.edge($0, "--until", at: now) } ?? now
    if let since, since >= until {
      throw ValidationError(
        "\(since.dateClockUTC) is not before \(until.dateClockUTC); a period ends after it began.")
    }
    try Standard.telling {
      let filter = StatisticsReader.Filter(since: since, until: until, system: system, severity: severity)
      let journal = try options.open(readOnly: true)
      if let system { try KnownSystems.check(system, in: journal) }
      let statistics = try StatisticsReader.statistics(filter, from: journal, series: budgets)
      for sentence in statistics.disorder { Standard.error(Inert.terminal(sentence)) }
      Standard.out(format == .json ? String(decoding: try statistics.json(), as: UTF8.self) : statistics.text)
    }
  }

  /// What cannot be read is told, and all else is measured.
  private var budgets: [BudgetSeries] {
    do {
      return try BudgetReading.series(in: options.folder, system: system)
    } catch {
      Standard.error("The budgets of objectives are left out: \(error)")
      return []
    }
  }
}
