import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Probes
import Values
import Watch
import Wire

struct EndpointsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endpoints", abstract: "List what is polled, or the results that are kept of one.",
    discussion: """
      Results are written by the engine, up to ten seconds late: successes of the last hour, one in fifteen seconds, \
      and failures of the last seven days.
      """)

  private struct Document: Encodable {
    struct Row: Encodable {
      let system: String
      let name: String
      let kind: String
      let target: String
      let every: Span
      let dependsOn: [String]
      let isCheck: Bool
    }

    var schema = "midwatch.endpoints/1"
    let endpoints: [Row]
  }

  private struct Results: Encodable {
    struct Row: Encodable {
      let at: Instant
      let took: Span
      let code: Int?
      let reason: String?
      let phases: Phases?
    }

    var schema = "midwatch.results/1"
    let system: String
    let endpoint: String
    let results: [Row]
  }

  @OptionGroup var options: StateOptions
  @OptionGroup var which: SystemOptions
  @Option(help: ArgumentHelp("The results of this endpoint.", valueName: "name")) var results: String?
  @Option(help: "How many results, the newest.") var limit = 50
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    guard (1...10_000).contains(limit) else {
      throw ValidationError("--limit is a number from 1 to 10000.")
    }
    try Standard.telling {
      let sources = try which.sources()
      guard !sources.isEmpty else {
        throw Refusal("No system is configured; begin with `midwatch init NAME --health URL`.")
      }
      let rows = sources.flatMap { source in
        source.load().folder.polled.map { endpoint, isCheck in
          Document.Row(
            system: source.name, name: endpoint.name, kind: endpoint.kind.name, target: endpoint.target,
            every: endpoint.every, dependsOn: endpoint.dependsOn, isCheck: isCheck)
        }
      }
      if let results { return try tell(results, of: rows) }
      if format == .json { return try Standard.json(Document(endpoints: rows)) }
      guard !rows.isEmpty else { return Standard.out("No endpoint is polled.") }
      Standard.out(
        Columns.text(
          rows.map { row in
            let depends = row.dependsOn.isEmpty ? "" : "depends on \(row.dependsOn.joined(separator: ", "))"
            return [
              row.system, row.name, row.kind, "every \(row.every.short)", row.target,
              row.isCheck ? "checks our own connection" : depends,
            ]
          }))
    }
  }

  private func tell(_ name: String, of rows: [Document.Row]) throws {
    let found = rows.filter { $0.name == name || "\($0.system)/\($0.name)" == name }
    let shown = Inert.terminal(name)
    guard let row = found.first else {
      throw Refusal("There is no endpoint \(shown); `midwatch endpoints` lists them.")
    }
    guard found.count == 1 else {
      let names = found.map { "\($0.system)/\($0.name)" }.joined(separator: ", ")
      throw Refusal("Several systems have an endpoint \(shown): write one of \(names).")
    }
    let kept = try SampleStore.results(in: options.folder, of: row.system, endpoint: row.name, limit: limit)
    let results = kept.map { result in
      Results.Row(
        at: result.at, took: result.took, code: result.code, reason: result.reason,
        phases: result.phases.flatMap { try? JSONDecoder().decode(Phases.self, from: Data($0)) })
    }
    if format == .json {
      return try Standard.json(Results(system: row.system, endpoint: row.name, results: results))
    }
    guard !results.isEmpty else {
      return Standard.out(
        "No result of \(row.system)/\(row.name) is kept; an engine that polls it keeps them.")
    }
    Standard.out(
      Columns.text(
        results.map {
          [
            $0.at.dateClockUTC, $0.reason == nil ? "up" : "failed", $0.code.map(String.init) ?? "",
            $0.took.latency, $0.reason ?? "",
          ]
        }))
  }
}
