import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Values

struct PlaybookExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a run as Markdown, with what its commands wrote.")

  @OptionGroup var options: StateOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("The file; default standard output.", valueName: "file"))
  var output: String?
  @Argument(
    help: ArgumentHelp("R-1.", valueName: "run"), completion: PlaybookCompletion.runs(open: nil))
  var key: String

  func run() throws {
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      guard let run = try journal.entity(Run.self, key: key), let started = run.started else {
        throw Refusal(
          "There is no run \(Inert.terminal(key)); `midwatch playbook list --runs` shows them.")
      }
      var outputs: [String: String] = [:]
      for digest in RunReport.wanted(of: run) {
        outputs[digest] = try journal.blob(sha256: digest).map { String(decoding: $0, as: UTF8.self) }
      }
      let text = try run.snapshot.flatMap { try journal.blob(sha256: $0) } ?? []
      var ignored: [Problem] = []
      let document = PlaybookDocument(
        String(decoding: text, as: UTF8.self), file: "\(started.playbook).md", problems: &ignored)
      let head = try journal.head()
      let events = try journal.events(
        matching: EventQuery(
          incident: run.incident, kinds: [EvidenceAttached.kind, EventRetracted.kind]))
      let report = RunReport(
        run, of: document, outputs: outputs, evidence: AttachedEvidence.all(in: events, of: run.key),
        stamp: RunReport.Stamp(
          journal: head.name, origin: head.origin, count: head.count, head: head.hash), made: Clock.now())
      if let output {
        let path = options.places.absolute(output)
        try Exporter.write(Array(report.markdown.utf8), to: path)
        Standard.out("wrote \(path)")
      } else {
        Standard.out(report.markdown)
      }
    }
  }
}
