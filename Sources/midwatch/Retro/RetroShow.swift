import ArgumentParser
import Host
import Incidents
import Journal
import Values

struct RetroShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what is written for an incident's retro, and what is to be done.")

  @OptionGroup var options: StateOptions
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "INC-1.") var incident: String

  private struct Document: Encodable {
    struct Section: Encodable {
      let section: String
      let title: String
      let text: String
      let by: String
      let at: Instant
      let revision: Int
    }

    let schema = "midwatch.retro/1"
    let incident: String
    let sections: [Section]
    let missing: [String]
    let entries: [WrittenRetro.Entry]
    let actions: [String]
  }

  func run() throws {
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let state = try IncidentOptions.incident(incident, in: journal)
      let retro = try journal.entity(WrittenRetro.self, key: state.key) ?? WrittenRetro(key: state.key)
      let items = try journal.entities(ActionItem.self).filter { $0.incident == state.key }
        .sorted(by: ActionItem.comesFirst)
      let missing = RetroPart.all.filter { retro[$0] == nil }
      if format == .json {
        return try Standard.json(
          Document(
            incident: state.key,
            sections: retro.written.map { part, section in
              .init(
                section: part.name, title: part.title, text: section.text, by: section.by, at: section.at,
                revision: section.revision)
            }, missing: missing.map(\.name), entries: retro.entries, actions: items.map(\.key)))
      }
      var lines = ["\(state.key) \(Inert.terminal(state.title))", ""]
      for (part, section) in retro.written {
        let again = section.revision > 1 ? ", written \(section.revision) times" : ""
        lines.append("\(part.title) (\(part.name); \(section.by), \(section.at.dateClockUTC)\(again))")
        lines += Inert.terminalLines(section.text).map { "  \($0)" } + [""]
      }
      if !missing.isEmpty { lines += ["Not written: \(missing.map(\.name).joined(separator: ", "))", ""] }
      lines += items.isEmpty ? ["No action item."] : ["Action items:"]
      if !items.isEmpty { lines.append(ActionRows.text(items, at: Clock.now())) }
      for entry in retro.entries {
        lines += ["", "Appended to \(Inert.terminal(entry.file)) by \(entry.by), \(entry.at.dateClockUTC)"]
      }
      Standard.out(lines.joined(separator: "\n"))
    }
  }
}
