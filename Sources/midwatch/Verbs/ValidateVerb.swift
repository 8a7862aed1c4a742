import ArgumentParser
import Foundation
import Host
import Incidents
import Systems
import Values

struct ValidateVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Read systems, rules, playbooks, templates, drills and themes, and tell every mistake.",
    discussion: "Executes nothing. Exits 1 when something cannot be used.")

  @Argument(help: "Files and folders; a folder of system folders is read whole.") var paths: [String]

  func run() throws {
    let places = Places(environment: ProcessInfo.processInfo.environment)
    var problems: [Problem] = []
    var count = 0
    for path in paths {
      let found = PathValidation.check(places.absolute(path), shown: path, environment: places.environment)
      problems += found.problems
      count += found.files
    }
    for problem in problems.sorted() { Standard.out(problem.description) }
    let errors = problems.count { $0.weight == .error }
    let warnings = problems.count - errors
    Standard.out(
      [(count, "file"), (errors, "error"), (warnings, "warning")]
        .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", "))
    if errors > 0 { throw ExitCode(1) }
  }
}
