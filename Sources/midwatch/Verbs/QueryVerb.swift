import ArgumentParser
import Host
import Incidents
import Systems
import Values
import Watch

struct QueryVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask a PromQL expression of one system's series.",
    discussion: "Asks the engine if one runs, else polls by itself; a rate needs --samples 2 or more then.")

  private struct Document: Encodable {
    var schema = "midwatch.query/1"
    let system: String
    let chart: Chart
  }

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("At which instant: 10m, 14:03Z, 2026-11-21T03:08:33Z; default now.", valueName: "time")
  )
  var at: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("A range's first instant.", valueName: "time"))
  var start: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("A range's last instant; default now.", valueName: "time"))
  var end: String?
  @Option(help: ArgumentHelp("Between the points of a range.", valueName: "duration")) var step = "15s"
  @Option(help: "How often to poll first.") var samples = 1
  @Option(help: ArgumentHelp("How far apart.", valueName: "duration")) var every = "1s"
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "The expression.") var expression: String
  @Argument(help: "The system; default the only one.") var system: String?

  func run() throws {
    guard let every = Span(prometheus: every), every > .zero, (1...10_000).contains(samples),
      let step = Span(prometheus: step), step > .zero
    else {
      throw ValidationError("--every and --step are durations such as 1s, --samples a number up to 10000.")
    }
    let now = Clock.now()
    let first = try start.map { try CommandTime.edge($0, "--start", at: now) }
    let last = try (end ?? at).map { try CommandTime.edge($0, end == nil ? "--at" : "--end", at: now) }
    try Standard.telling {
      var which = SystemOptions()
      which.playbooks = playbooks
      which.systems = system.map { [$0] } ?? []
      let sources = try which.sources()
      guard let source = sources.first, sources.count == 1 else {
        throw Refusal(
          sources.isEmpty
            ? "No system is configured; begin with `midwatch init NAME --health URL`."
            : "Name one system: \(sources.map(\.name).joined(separator: ", ")).")
      }
      let chart = try LiveState(options, sources: sources).query(
        expression, of: source.name, start: first, end: last, step: step, rounds: samples, every: every)
      if format == .json { return try Standard.json(Document(system: source.name, chart: chart)) }
      let isRange = first != nil
      for line in chart.lines {
        if isRange {
          Standard.out(line.name)
          for (index, value) in line.values.enumerated() {
            guard let value else { continue }
            Standard.out("  \((chart.start + chart.step * Int64(index)).rfc3339)  \(value.shortest)")
          }
        } else if let value = line.values.last ?? nil {
          Standard.out("\(line.name) \(value.shortest)")
        }
      }
      if chart.lines.isEmpty { Standard.error("nothing matches \(Inert.terminal(expression))") }
    }
  }
}

extension Double {
  /// The shortest text that reads back the same, whole numbers without a point, as Prometheus prints.
  fileprivate var shortest: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
    if self == rounded(), magnitude < 1e21, let whole = Int64(exactly: self) { return String(whole) }
    return String(self)
  }
}
