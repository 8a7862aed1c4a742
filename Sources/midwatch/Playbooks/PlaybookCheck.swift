import ArgumentParser
import Foundation
import Host
import Incidents
import Values

struct PlaybookCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tell what is wrong with playbooks, and what could be better.",
    discussion: """
      Reads Markdown files, folders of them, system folders and folders of system folders; without a PATH your \
      systems. It runs nothing: shells look at the syntax of commands with -n. Exits 0 when all is fine, 1 when \
      something could be better, 2 when something cannot be used.
      """)

  private struct Document: Encodable {
    var schema = "midwatch.playbook_check/1"
    let files: Int
    let problems: [Problem]
  }

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "Files and folders.", completion: .file()) var paths: [String] = []

  func run() throws {
    var verdict = Verdict.fine
    try Standard.telling(status: Verdict.page.rawValue) {
      let places = options.places
      let wanted = paths.isEmpty ? [places.playbooks(option: playbooks)] : paths
      var inspection = PlaybookInspection(journal: options.existing(), environment: places.environment)
      for path in wanted { inspection.read(places.absolute(path), shown: path) }
      let problems = inspection.problems
      let errors = problems.count { $0.weight == .error }
      verdict = errors > 0 ? .page : problems.isEmpty ? .fine : .warn
      if format == .json {
        return try Standard.json(Document(files: inspection.files, problems: problems))
      }
      for problem in problems { Standard.out(problem.description) }
      Standard.out(
        [(inspection.files, "playbook"), (errors, "error"), (problems.count - errors, "warning")]
          .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", "))
    }
    if verdict != .fine { throw ExitCode(verdict.rawValue) }
  }
}
