import ArgumentParser
import Desk
import Foundation
import Host
import Incidents
import Journal
import Systems
import Values

struct TicketImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take tickets in from a CSV or JSON file of another house.",
    discussion: """
      --map names a file that says what that house calls things; without one the names are those of `midwatch ticket \
      export`. Taken in twice, nothing changes; a ticket that changed there changes in what changed. A file with \
      mistakes is not taken in: all are shown, each with its row and column; --partial takes what is right.
      """)

  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: ArgumentHelp("Of tickets that name none: for clocks and roles.", valueName: "system"))
  var system: String?
  @Option(help: ArgumentHelp("What the other house calls things.", valueName: "file")) var map: String?
  @Option(help: ArgumentHelp("What the other house is called.", valueName: "name")) var source: String?
  @Option(help: ArgumentHelp("csv, json or jsonl; default by the file's name.", valueName: "kind"))
  var kind: String?
  @Flag(help: "Say what would be done, and do nothing.") var dryRun = false
  @Flag(help: "Take in what is right of a file with mistakes.") var partial = false
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "The file; - is standard input.") var file: String

  func run() throws {
    try Standard.telling {
      let mapping = try readMapping()
      let wanted = try kind.map { text throws -> TicketFile.Kind in
        guard let kind = TicketFile.Kind(rawValue: text) else {
          throw Refusal("--kind is csv, json or jsonl.")
        }
        return kind
      }
      let now = Clock.now()
      let copy = try PipedFile(file, path: state.places.absolute(file))
      let tickets = try TicketFile(
        copy.path, named: file, kind: wanted, mapping: mapping, at: now)
      let playbooks = playbooks
      var intake = try TicketIntake(
        try state.open(readOnly: dryRun), actor: try state.actor(), folder: try folder(),
        finding: { Self.folder(of: $0, playbooks: playbooks) }, source: source ?? mapping.source, at: now)
      // All of it is looked at before any of it is taken in.
      var mistakes = 0
      var count = 0
      var looking = ProgressLine("tickets read")
      func complain(_ problem: Problem) {
        mistakes += 1
        looking.clear()
        Standard.error(problem.description)
      }
      try tickets.read { item in
        count += 1
        looking.tell(count)
        if let problem = intake.problem(with: item, in: file) { complain(problem) }
      } problem: {
        complain($0)
      }
      looking.clear()
      if mistakes == 0 || partial || dryRun {
        var progress = ProgressLine(dryRun ? "tickets looked at" : "tickets taken in", of: count)
        defer { progress.clear() }
        try tickets.read { item in
          // It was named above.
          guard intake.problem(with: item, in: file) == nil else { return }
          try intake.take(item, isDry: dryRun)
          progress.tell(intake.report.finished)
        } problem: { _ in
        }
        try intake.finish(isDry: dryRun)
      }
      try tell(intake.report, mistakes)
      if mistakes > 0 || !intake.report.refused.isEmpty { throw ExitCode(1) }
    }
  }

  private func readMapping() throws -> ExchangeMapping {
    guard let map else { return .ours }
    guard let data = FileManager.default.contents(atPath: state.places.absolute(map)),
      let text = String(validating: data, as: UTF8.self)
    else { throw Refusal("\(Inert.terminal(map)) cannot be read as text.") }
    var problems: [Problem] = []
    let mapping = ExchangeMapping(text, file: map, problems: &problems)
    for problem in problems { Standard.error(problem.description) }
    guard !problems.contains(where: { $0.weight == .error }) else {
      throw Refusal("\(Inert.terminal(map)) has mistakes; nothing was read.")
    }
    return mapping
  }

  private func folder() throws -> SystemFolder? {
    guard let system else { return nil }
    let folders = try IncidentFolders([system], playbooks: playbooks)
    guard let folder = folders.folders.first else {
      throw Refusal(
        "There is no system \(Inert.terminal(system)) here, so nobody knows its clocks; nothing was taken in."
      )
    }
    return folder
  }

  /// Of a system that a ticket names: a name, never a place.
  private static func folder(of system: String, playbooks: String?) -> SystemFolder? {
    guard system.first?.isLetter == true || system.first?.isNumber == true,
      system.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "/") && $0 != 0x7F }), system.utf8.count <= 128
    else { return nil }
    return (try? IncidentFolders([system], playbooks: playbooks))?.folders.first
  }

  private func tell(_ report: TicketIntake.Report, _ mistakes: Int) throws {
    for sentence in report.refused { Standard.error(sentence) }
    if format == .json {
      return try Standard.json(
        TicketImportReport(
          dryRun: dryRun, read: report.read, opened: report.opened, changed: report.changed,
          same: report.same,
          own: report.own, conflicts: report.conflicts, mistakes: mistakes, refused: report.refused.count))
    }
    if dryRun { for line in report.lines { Standard.out(line) } }
    let verb = dryRun ? "would be" : "were"
    Standard.out(
      "\(report.read) read: \(report.opened) \(verb) taken in, \(report.changed) \(verb) changed, "
        + "\(report.same) as they are, \(report.conflicts) in conflict, \(report.refused.count) refused"
        + (report.own > 0 ? ", \(report.own) this journal's own" : "")
        + (mistakes > 0 ? "; \(mistakes) mistakes in the file" : ""))
    if mistakes > 0, !partial, !dryRun {
      Standard.error("Nothing was taken in; correct the file, or say --partial.")
    }
  }
}

private struct TicketImportReport: Encodable {
  let schema = "midwatch.ticket_import/1"
  let dryRun: Bool
  let read, opened, changed, same, own, conflicts, mistakes, refused: Int
}
