import ArgumentParser
import Incidents
import Values

struct RetroActionAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Ask for something to be done.")

  @OptionGroup var options: ActionOptions
  @Option(help: ArgumentHelp("Of which one, INC-1; default of none.", valueName: "incident")) var incident:
    String?
  @Option(help: ArgumentHelp("Who does it.", valueName: "handle")) var owner: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("By when: 14d, 2026-12-01, tomorrow 06:00.", valueName: "time"))
  var due: String?
  @Argument(help: "What is to be done.", completion: .none) var title: [String]

  func run() throws {
    let words = title.joined(separator: " ")
    try options.perform { _, now in
      [
        AddAction(
          words, incident: incident.map(IncidentOptions.key), owner: owner,
          due: try due.map { try ActionTime.due($0, at: now) })
      ]
    }
  }
}

struct RetroActionChange: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change", abstract: "Give an action item another owner, time, title or state.")

  @OptionGroup var options: ActionOptions
  @Option(help: "What is to be done, in other words.") var title: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Who does it; - is nobody.", valueName: "handle"))
  var owner: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("By when; - is at no time.", valueName: "time"))
  var due: String?
  @Option(help: "open, doing, done or dropped.") var status: String?
  @Option(help: "Why; needed to drop it, and to open what is over.") var reason: String?
  @Argument(help: "ACT-1.") var action: String

  func run() throws {
    let state = try status.map { text in
      guard let state = ActionItem.State(rawValue: text.lowercased()) else {
        throw ValidationError("\"\(Inert.terminal(text))\" is no status; write open, doing, done or dropped.")
      }
      return state
    }
    try options.perform { journal, now in
      [
        ChangeAction(
          try ActionOptions.key(action, in: journal), title: title,
          owner: owner.map { .to($0 == "-" ? nil : $0) } ?? .same,
          due: try due.map { .to($0 == "-" ? nil : try ActionTime.due($0, at: now)) } ?? .same, state: state,
          reason: reason)
      ]
    }
  }
}

struct RetroActionDone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: "Say that something is done.")

  @OptionGroup var options: ActionOptions
  @Option(help: "What came of it.") var reason: String?
  @Argument(help: "ACT-1, INC-1/Postmortem.") var actions: [String]

  func run() throws {
    try options.perform { journal, _ in
      try actions.map { ChangeAction(try ActionOptions.key($0, in: journal), state: .done, reason: reason) }
    }
  }
}

enum ActionTime {
  /// `14d`, a date (its last second here), or what ``CommandTime/coming(_:from:at:)`` reads.
  static func due(_ text: String, at now: Instant) throws -> Instant {
    if let last = CommandTime.moment("23:59", of: text, at: now) { return last + .seconds(59) }
    return try CommandTime.coming(text, at: now)
  }
}
