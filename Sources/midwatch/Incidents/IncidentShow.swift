import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Retro
import Values

struct IncidentShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one incident: what it is, who does what, what is due, its timeline.",
    discussion: """
      Numbers before the lines name them for amend, retract and pin. With --format json it is what \
      `midwatch export --format json` writes; looking records nothing.
      """)

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("As with the other verbs; an incident holds what it needs.", valueName: "dir"))
  var playbooks: String?
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "INC-1; default the one that is open.") var incident: String?

  func run() throws {
    var which = IncidentOptions()
    which.state = options
    which.incident = incident
    which.format = format
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let state = try which.subject(in: journal)
      let events = try TimelineQuery.events(of: state, in: journal)
      if format == .json {
        let report = try ReportReader.report(of: state, in: journal, at: Clock.now())
        return Standard.out(String(decoding: try report.json(), as: UTF8.self))
      }
      let name = state.severityName.map { " (\($0))" } ?? ""
      Standard.out(
        Inert.terminal(
          "\(state.key) \(state.severity.rawValue)\(name) \(state.standing) — \(state.title)"))
      let impact = CustomerImpact(try journal.rows(CustomerImpact.query(of: state.key)).rows)
      Standard.out(Columns.text(Self.facts(state, impact, at: Clock.now())))
      Standard.out(Columns.text(Timeline(events).lines.map { Self.row($0, of: state) }))
    }
  }

  private static func facts(_ state: Incident, _ customers: CustomerImpact, at now: Instant) -> [[String]] {
    var rows = [["systems", state.systems.joined(separator: ", ")]]
    if !state.affected.isEmpty { rows.append(["affected", state.affected.joined(separator: ", ")]) }
    rows.append(["impact", state.impact ?? "not described"])
    if let sentence = customers.sentence { rows.append(["customers", sentence]) }
    if let started = state.started { rows.append(["began", started.dateClockUTC]) }
    for (role, who) in state.roles.sorted(by: { $0.key < $1.key }) { rows.append([role, who]) }
    for deadline in state.deadlines {
      rows.append([deadline.name.text, "\(deadline.sentence), \(deadline.standing(at: now))"])
    }
    for task in state.openTasks { rows.append([task.id, IncidentTask.words(task)]) }
    for link in state.links { rows.append([link.label, "\(link.to) \(link.title ?? "")"]) }
    return rows.map { ["  " + ($0.first ?? ""), $0.last ?? ""] }
  }

  private static func row(_ line: TimelineLine, of state: Incident) -> [String] {
    var text = line.retracted.map { "taken back: \(line.text) (\($0))" } ?? line.text
    if let other = line.incident, other != state.key { text += " (in \(other))" }
    if let span = line.span { text += " (\(span))" }
    if line.isAmended { text += " (amended)" }
    if line.isBackdated { text += " (written \(line.recorded.clockUTC))" }
    return [
      "\(line.seq)", line.occurred.dateClockUTC, line.isPinned ? "★" : line.sign, line.word, text,
      line.actor ?? "",
    ]
  }
}
