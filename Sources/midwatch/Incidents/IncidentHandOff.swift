import ArgumentParser
import Console
import Host
import Incidents
import Retro
import Values

struct IncidentHandOff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handoff", abstract: "Say what whoever takes an incident over has to know.",
    discussion: """
      State, roles, timers, tasks, what waits for somebody, the last update and the next promise, what is in force, what \
      was tried and decided, and the head of the journal. Nothing is recorded, and no role moves: `midwatch incident \
      role` hands it over.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, md, json
  }

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "The form.") var format = Format.text
  @Option(name: .shortAndLong, help: ArgumentHelp("The file; default standard output.", valueName: "file"))
  var output: String?
  @Argument(help: "INC-1; default the one that is open.") var incident: String?

  func run() throws {
    var which = IncidentOptions()
    which.state = options
    which.incident = incident
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let state = try which.subject(in: journal)
      let ledger = try LedgerReader.ledger(of: journal, focus: state.key)
      // Without a folder here the roles that somebody took are known all the same.
      let folder = try IncidentFolders(Array(state.systems.prefix(1)), playbooks: playbooks).folders.first
      let handOver = ledger.handOver(
        of: ledger.incident(state.key) ?? state, roles: folder?.roles ?? [], at: Clock.now())
      let bytes: [UInt8] =
        switch format {
        case .text: Array(Self.plain(handOver).utf8)
        case .md: Array(handOver.text.utf8)
        case .json: try handOver.json()
        }
      guard let output else { return Standard.out(String(decoding: bytes.dropLast(), as: UTF8.self)) }
      let path = options.places.absolute(output)
      try Exporter.write(bytes, to: path)
      Standard.out("wrote \(Inert.terminal(path))")
    }
  }

  /// The lines that the console shows.
  private static func plain(_ handOver: HandOver) -> String {
    var lines = ["Hand-over of \(handOver.incident.key) — \(handOver.incident.title)"]
    for part in handOver.parts {
      lines += ["", part.title]
      if part.lines.isEmpty { lines.append("  \(part.empty)") }
      for line in part.lines {
        lines.append("  \(line.sign) \(line.text)")
        lines += (line.detail ?? "").split(whereSeparator: \.isNewline).map { "      \($0)" }
      }
    }
    lines += ["", handOver.stamp]
    return lines.map { Inert.terminal($0) + "\n" }.joined()
  }
}
