import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Systems
import Values

struct PlaybookRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Work through a playbook without a screen, and write down what was done.",
    discussion: """
      NAME is high-error-rate, high-error-rate#recover, or the path of a Markdown file. Each step is shown, and each \
      command exactly as it would run; nothing runs until you answer y, and t gives a command the terminal; what is hard \
      to take back wants the target's name. ? lists the answers. They are read from standard input line by line; when that ends, the run \
      stays open and the exit status is 1. A run that is open already is gone on with.
      """)

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: ArgumentHelp("The incident that it belongs to.", valueName: "incident")) var incident: String?
  @Option(help: ArgumentHelp("Where it works: an environment of system.yaml.", valueName: "name"))
  var environment: String?
  @Option(help: ArgumentHelp("A placeholder's value; again for more.", valueName: "name=value")) var set:
    [String] = []
  @Option(help: ArgumentHelp("The step to begin with.", valueName: "step")) var startAt: String?
  @Option(
    help: ArgumentHelp("The run to go on with, R-1.", valueName: "run"),
    completion: PlaybookCompletion.runs(open: true))
  var resume: String?
  @Flag(help: "Go over to the text that the playbook has now, where it was edited since the run began.")
  var move = false
  @Flag(
    help:
      "Print everything that would run, and run and record nothing. Exit status 1 when something could not.")
  var noop = false
  @Flag(help: "Run no command: copy and tick. As MIDWATCH_NO_EXEC=1 does.") var noExec = false
  @Argument(
    help: ArgumentHelp("The playbook.", valueName: "name"), completion: PlaybookCompletion.names)
  var name: String?
  @Argument(help: "The system's name, or the path of its folder.") var system: String?

  func validate() throws {
    if name == nil, resume == nil { throw ValidationError("Name a playbook, or a run with --resume.") }
    for pair in set where !pair.contains("=") || pair.hasPrefix("=") {
      throw ValidationError("--set \(Inert.terminal(pair)) sets nothing; write NAME=VALUE.")
    }
  }

  func run() throws {
    var status: Int32 = 0
    try Standard.telling {
      if noop {
        status = try rehearse()
      } else {
        let journal = try options.open()
        let actor = try options.actor()
        let subject = try RunSubject.find(self, in: journal)
        let session = try PlainRunSession(subject, for: self, in: journal, by: actor)
        status = session.run()
      }
    }
    if status != 0 { throw ExitCode(status) }
  }

  /// `--no-exec`, and `$MIDWATCH_NO_EXEC` for all consoles of a machine.
  var mayNotExecute: Bool {
    noExec || options.environment["MIDWATCH_NO_EXEC"].map { !["", "0"].contains($0) } ?? false
  }

  /// Values of `--set`, by name.
  var given: [String: String] {
    Dictionary(
      set.map { pair in
        let name = pair.prefix { $0 != "=" }
        return (String(name), String(pair.dropFirst(name.count + 1)))
      }
    ) { $1 }
  }

  private func rehearse() throws -> Int32 {
    let journal = options.existing()
    let subject = try RunSubject.find(self, in: journal)
    let environment = subject.environmentValues(from: options.environment, in: journal)
    let values = try subject.values(given: given, incident: incident, environment: environment, in: journal)
    let known = (subject.existing?.runValues() ?? [:]).merging(values.mapValues { .plain($0) }) { old, new in
      subject.existing == nil ? new : old
    }.merging(given.mapValues { .plain($0) }) { $1 }
    let setting = CommandPlan.Setting(
      values: known, declared: subject.document.declared(with: subject.variables),
      directory: FileManager.default.currentDirectoryPath, target: subject.target)
    let rehearsal = Rehearsal(
      subject.document, section: subject.anchor, from: startAt, in: subject.existing, setting)
    Standard.out(rehearsal.lines.joined(separator: "\n"))
    let commands = rehearsal.commands == 1 ? "1 command" : "\(rehearsal.commands) commands"
    Standard.out(
      "\n\(commands) would be offered; nothing was run."
        + (rehearsal.blocked > 0 ? " \(rehearsal.blocked) could not run as things stand." : ""))
    return rehearsal.blocked > 0 ? 1 : 0
  }
}
