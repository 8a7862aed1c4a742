import Foundation
import Incidents
import Values

/// Action items as other houses' trackers take them: issues in Markdown, a table, a document.
package struct ActionExport: Sendable {
  package static let schema = "midwatch.actions/1"

  /// In the order of lists.
  package let items: [ActionItem]
  /// Titles of their incidents, by key.
  private let titles: [String: String]
  private let now: Instant

  package init(_ items: [ActionItem], titles: [String: String] = [:], at now: Instant) {
    self.items = items.sorted(by: ActionItem.comesFirst)
    self.titles = titles
    self.now = now
  }

  /// One issue after the other, each with its title as a heading; CommonMark, every text in it inert.
  package var markdown: String {
    items.map { "# \(Inert.markdown($0.task.capitalizedFirst))\n\n\(body(of: $0))" }.joined(separator: "\n")
  }

  /// What stands under an issue's title, ending in a line end.
  package func body(of item: ActionItem) -> String {
    var facts = ["Action item: \(item.key)", "State: \(item.state.rawValue)"]
    if item.isOverdue(at: now) { facts[1] += ", overdue" }
    facts.append("Owner: \(item.owner ?? "nobody")")
    if let due = item.due { facts.append("Due: \(due.dateClockUTC)") }
    if let incident = item.incident {
      facts.append("Incident: \(incident)\(titles[incident].map { " \($0)" } ?? "")")
    }
    if let added = item.added { facts.append("Added: \(added.at.dateClockUTC) by \(added.by)") }
    let story = zip(item.changes, item.changes.dropFirst()).map { before, change in
      "\(change.at.dateClockUTC) \(change.by): \(Self.words(for: change, after: before))"
        + (change.reason.map { ": \($0)" } ?? "")
    }
    let lines = facts.map { "- \(Inert.markdown($0))" }
    return (lines + (story.isEmpty ? [] : ["", "History:", ""] + story.map { "- \(Inert.markdown($0))" }))
      .joined(separator: "\n") + "\n"
  }

  /// What a change changed.
  private static func words(for change: ActionItem.Change, after before: ActionItem.Change) -> String {
    var words: [String] = []
    if change.state != before.state { words.append(change.state.rawValue) }
    if change.owner != before.owner { words.append(change.owner.map { "owner \($0)" } ?? "no owner") }
    if change.due != before.due {
      words.append(change.due.map { "due \($0.dateClockUTC)" } ?? "no longer due")
    }
    if change.title != before.title { words.append("its title was “\(before.title)”") }
    return words.isEmpty ? change.state.rawValue : words.joined(separator: ", ")
  }

  private static let columns = [
    "action", "title", "state", "overdue", "owner", "due", "incident", "incident_title", "added", "added_by",
    "changed", "reason",
  ]

  /// RFC 4180 with a row of names; cells that a table would compute are neutralised.
  package var csv: String {
    let rows = items.map { item -> [String] in
      [
        item.key, item.title, item.state.rawValue, item.isOverdue(at: now) ? "yes" : "no", item.owner ?? "",
        item.due?.rfc3339 ?? "", item.incident ?? "", item.incident.flatMap { titles[$0] } ?? "",
        item.added?.at.rfc3339 ?? "", item.added?.by ?? "", item.changes.last?.at.rfc3339 ?? "",
        item.reason ?? "",
      ]
    }
    return ([Self.columns] + rows).map { $0.map(Inert.csv).joined(separator: ",") + "\r\n" }.joined()
  }

  private struct Document: Encodable {
    struct Row: Encodable {
      let action: String
      let title: String
      let state: ActionItem.State
      let overdue: Bool
      let owner: String?
      let due: Instant?
      let incident: String?
      let incidentTitle: String?
      let changes: [ActionItem.Change]
    }

    let schema: String
    let made: Instant
    let actions: [Row]
  }

  /// UTF-8, sorted keys, ending in a line end.
  package func json() throws -> [UInt8] {
    let rows = items.map { item in
      Document.Row(
        action: item.key, title: item.title, state: item.state, overdue: item.isOverdue(at: now),
        owner: item.owner, due: item.due, incident: item.incident,
        incidentTitle: item.incident.flatMap { titles[$0] }, changes: item.changes)
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(Document(schema: Self.schema, made: now, actions: rows))) + [10]
  }
}
