import ArgumentParser
import Host
import Incidents
import Journal
import Systems
import Values

struct IncidentDeclare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "declare", abstract: "Declare an incident; whoever declares takes command.",
    discussion: """
      From an alert (--alert), a ticket (--ticket), a template of the system's folder (--template), or nothing. \
      Without --severity the alerts say it: page S1, warn S2, info S3; where nothing says it, S1. \
      `midwatch incident guide SYSTEM` says what each means there.
      """)

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(
    help: ArgumentHelp("What does not work; again for more, the first leads.", valueName: "system"))
  var system: [String] = []
  @Option(help: "S1 to S4.") var severity: String?
  @Option(help: "Who cannot do what.") var impact: String?
  @Option(help: ArgumentHelp("The firing alert: its name, or SYSTEM/NAME.", valueName: "alert"))
  var alert: String?
  @Option(
    help: ArgumentHelp("The ticket's number; ours is linked, another house's is noted.", valueName: "id"))
  var ticket: String?
  @Option(help: ArgumentHelp("The title of a declaration in the system's folder.", valueName: "title"))
  var template: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("When it began: -12m, 14:03, 14:03Z, yesterday 23:50.", valueName: "time"))
  var started: String?
  @Flag(help: "Another trouble than the incident that is open on the system.") var another = false
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "What fails, in a few words; default what the alert or the template says.")
  var title: [String] = []

  func run() throws {
    let now = Clock.now()
    let began = try started.map { try CommandTime.past($0, at: now) }
    let said = try severity.map { try Self.severity($0) }
    try Standard.telling {
      let journal = try options.open()
      let cause = try alert.map { try FiringAlert.named($0, in: journal) }
      var systems = system
      if systems.isEmpty { systems = try cause?.identity.map { [$0.system] } ?? soleSystem() }
      let folders = try IncidentFolders(systems, playbooks: playbooks)
      try check(folders.missing, in: journal)
      let from = try template.map { try Self.declaration($0, in: folders) }
      let words = title.joined(separator: " ")
      var act = DeclareIncident(
        systems: systems, severity: said ?? (cause == nil ? from?.severity : nil),
        title: words.isEmpty ? from?.title ?? cause?.proposedTitle ?? "" : words, plans: folders.plans)
      act.impact = impact ?? from?.impact
      act.cause = cause?.identity
      act.ticket = ticket
      act.template = from?.title
      act.playbook = from?.playbook
      act.started = began
      act.known = another ? nil : []
      var events = try journal.perform(act, by: try options.actor(), at: now)
      folders.tellMissing()
      guard let key = events.first?.incident else { return }
      if let ticket { events += try link(ticket, to: key, in: journal, at: now) }
      try IncidentAnswer.tell(events, of: key, in: journal, as: format)
    }
  }

  /// A ticket of ours is linked; that it could not be is told, for the incident is declared.
  private func link(_ ticket: String, to key: String, in journal: Journal, at now: Instant) throws -> [Event]
  {
    do {
      var desk = try TicketOptions.parse([])
      desk.state = options
      desk.playbooks = playbooks
      return try LinkedTickets.link(ticket, to: key, options: desk, in: journal, at: now)
    } catch {
      Standard.error("\(key) is declared, and the ticket is not linked: \(TicketOptions.sentence(of: error))")
      return []
    }
  }

  static func severity(_ text: String) throws -> Severity {
    guard let severity = Severity(rawValue: text.uppercased()) else {
      throw ValidationError("\"\(Inert.terminal(text))\" is no severity; write S1, S2, S3 or S4.")
    }
    return severity
  }

  private func soleSystem() throws -> [String] {
    var which = try SystemOptions.parse([])
    which.playbooks = playbooks
    let all = try which.sources().map(\.name)
    guard all.count == 1 else {
      throw Refusal(
        all.isEmpty
          ? "Say what does not work with --system; no folder of a system is here."
          : "Say what does not work with --system: \(all.joined(separator: ", ")).")
    }
    return all
  }

  /// A system that has no folder here must at least be one that was watched.
  private func check(_ missing: [String], in journal: Journal) throws {
    for system in missing where try journal.entity(LoadedSystem.self, key: system)?.fact == nil {
      let known = try journal.entities(LoadedSystem.self).map(\.key).sorted().joined(separator: ", ")
      throw Refusal(
        "There is no system \(Inert.terminal(system)): no folder is here, and none was watched"
          + (known.isEmpty ? "." : "; there is \(known)."))
    }
  }

  private static func declaration(_ title: String, in folders: IncidentFolders) throws -> Declaration {
    let all = folders.folders.flatMap(\.declarations)
    let wanted = title.lowercased()
    if let whole = all.first(where: { $0.title.lowercased() == wanted }) { return whole }
    let begun = all.filter { $0.title.lowercased().hasPrefix(wanted) }
    guard let only = begun.first, begun.count == 1 else {
      let titles = all.map { "\"\($0.title)\"" }.joined(separator: ", ")
      throw Refusal(
        "The folder has no template \"\(Inert.terminal(title))\"; "
          + (titles.isEmpty ? "it lists none under `declare:`." : "it has \(titles)."))
    }
    return only
  }
}
