import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Values

/// Which action items are meant.
struct ActionFilter: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only this one's; - is nobody's, me is yours.", valueName: "handle")) var owner:
    String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only this one's, INC-1; - is of none.", valueName: "incident")) var incident: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Only due until then: 7d, 2026-12-01.", valueName: "time"))
  var due: String?
  @Option(help: "Only these: open, doing, done, dropped, with commas; default open and doing.") var status:
    String?
  @Flag(help: "Those that are over, too.") var all = false
  @Flag(help: "Only what is overdue.") var overdue = false

  /// What overdue lies first, the earliest first.
  func items(in journal: Journal, by handle: String, at now: Instant) throws -> [ActionItem] {
    let states = try status.map { text in
      try text.split(separator: ",").map { name in
        guard let state = ActionItem.State(rawValue: name.trimmingCharacters(in: .whitespaces).lowercased())
        else {
          throw ValidationError(
            "\"\(Inert.terminal(String(name)))\" is no status; write open, doing, done or dropped.")
        }
        return state
      }
    }
    let due = try due.map { try ActionTime.due($0, at: now) }
    let known = try journal.entities(ActionItem.self, open: all || states != nil ? nil : true)
    return known.filter { item in
      guard item.added != nil, states?.contains(item.state) ?? (all || item.isOpen) else { return false }
      if let owner, item.owner != (owner == "-" ? nil : owner == "me" ? handle : owner) { return false }
      if let incident, item.incident != (incident == "-" ? nil : IncidentOptions.key(incident)) {
        return false
      }
      if let due, item.due.map({ $0 > due }) ?? true { return false }
      return !overdue || item.isOverdue(at: now)
    }.sorted(by: ActionItem.comesFirst)
  }
}

struct RetroActionList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is to be done, of all incidents, overdue first.")

  @OptionGroup var options: ActionOptions
  @OptionGroup var filter: ActionFilter

  func run() throws {
    try Standard.telling {
      let now = Clock.now()
      let journal = try options.state.open(readOnly: true)
      let items = try filter.items(in: journal, by: try options.state.actor().handle, at: now)
      try ActionRows.tell(items, in: journal, as: options.format, at: now)
    }
  }
}
