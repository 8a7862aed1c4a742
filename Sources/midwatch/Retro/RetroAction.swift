import ArgumentParser
import Host
import Incidents
import Journal
import Retro
import Values

struct RetroAction: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "action", abstract: "What is to be done so that it does not happen again.",
    discussion: """
      Across all incidents: what people asked for (ACT-1), and what folders make due when an incident is resolved \
      (INC-1/Postmortem).
      """,
    subcommands: [
      RetroActionList.self, RetroActionAdd.self, RetroActionChange.self, RetroActionDone.self,
      RetroActionExport.self,
    ])
}

/// Which journal, and how to answer.
struct ActionOptions: ParsableArguments {
  @OptionGroup var state: StateOptions
  @Option(help: "How to answer.") var format = OutputFormat.table

  /// Does the acts one after the other and tells how each item stands then.
  func perform(_ acts: (Journal, Instant) throws -> [any Act]) throws {
    try Standard.telling {
      let now = Clock.now()
      let journal = try state.open()
      var items: [ActionItem] = []
      for act in try acts(journal, now) {
        let events = try journal.perform(act, by: try state.actor(), at: now)
        let keys = events.flatMap { ActionItem.keys(of: $0) }
        items += try keys.compactMap { try journal.entity(ActionItem.self, key: $0) }
      }
      try ActionRows.tell(items, in: journal, as: format, at: now)
    }
  }

  /// The key of `ACT-1`, `act-1`, `1`, or of a follow-up by the beginning of its title: `INC-1/post`.
  static func key(_ text: String, in journal: Journal) throws -> String {
    if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return "ACT-\(text)" }
    if text.lowercased().hasPrefix("act-") { return text.uppercased() }
    guard let slash = text.firstIndex(of: "/"), try journal.entity(ActionItem.self, key: text) == nil else {
      return text
    }
    let incident = IncidentOptions.key(String(text[..<slash]))
    let title = text[text.index(after: slash)...].lowercased()
    let found = try journal.entities(ActionItem.self).filter { item in
      item.incident == incident && item.isFollowUp
        && (item.title.lowercased().hasPrefix(title) || item.key.lowercased() == text.lowercased())
    }
    if let exact = found.first(where: { $0.title.lowercased() == title }) { return exact.key }
    guard let only = found.first else { return text }
    guard found.count == 1 else {
      let all = found.map { Inert.terminal($0.title) }.joined(separator: ", ")
      throw Refusal("\(Inert.terminal(text)) can be \(all); write more of it.")
    }
    return only.key
  }
}

/// Action items as a table or a document.
enum ActionRows {
  static func text(_ items: [ActionItem], at now: Instant) -> String {
    Columns.text(
      items.map { item in
        let sign =
          switch item.state {
          case .open, .doing: item.isOverdue(at: now) ? "!" : "☐"
          case .done: "✓"
          case .dropped: "–"
          }
        let name = item.isFollowUp ? "\(item.incident ?? "")/\(item.title)" : item.key
        return [
          sign, name, item.state.rawValue, item.owner ?? "nobody", due(item, at: now),
          item.isFollowUp ? "" : item.incident ?? "", item.isFollowUp ? "" : item.title,
        ]
      })
  }

  private static func due(_ item: ActionItem, at now: Instant) -> String {
    if let closed = item.closed { return "\(closed.dateClockUTC)" }
    guard let due = item.due else { return "at no time" }
    return item.isOverdue(at: now) ? "overdue by \((now - due).short)" : "due \(due.dateClockUTC)"
  }

  static func export(_ items: [ActionItem], in journal: Journal, at now: Instant) throws -> ActionExport {
    var titles: [String: String] = [:]
    for key in Set(items.compactMap(\.incident)) {
      titles[key] = try journal.entity(Incident.self, key: key)?.title
    }
    return ActionExport(items, titles: titles, at: now)
  }

  static func tell(_ items: [ActionItem], in journal: Journal, as format: OutputFormat, at now: Instant)
    throws
  {
    if format == .json {
      return Standard.out(String(decoding: try export(items, in: journal, at: now).json(), as: UTF8.self))
    }
    Standard.out(items.isEmpty ? "No action item is like that." : text(items, at: now))
  }
}
