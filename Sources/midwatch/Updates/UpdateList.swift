import ArgumentParser
import Comms
import Host
import Incidents
import Journal
import Values

struct UpdateList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List drafts, open ones first, and what was sent.")

  @OptionGroup var options: UpdateOptions
  @Option(help: ArgumentHelp("Only about one, INC-1.", valueName: "incident")) var incident: String?
  @Flag(help: "Those that were discarded, too.") var all = false

  private struct Document: Encodable {
    struct Row: Encodable {
      let draft: String
      let state: String
      let incident: String?
      let system: String?
      let audience: String
      let stage: Stage
      let subject: String
      let recipients: Int
      let by: String?
      let at: Instant?
      let approvedBy: [String]
      let nextUpdate: Instant?
      let destinations: [String]
    }

    var schema = "midwatch.updates/1"
    let updates: [Row]
  }

  func run() throws {
    let now = Clock.now()
    try Standard.telling {
      let journal = try options.state.open(readOnly: true)
      let key = try incident.map { try IncidentOptions.incident($0, in: journal).key }
      let drafts = try journal.entities(Draft.self).filter { draft in
        draft.begun != nil && (key == nil || draft.incident == key) && (all || draft.discarded == nil)
      }
      let rows = (drafts.filter(\.isOpen) + drafts.filter { !$0.isOpen }.reversed()).map(Self.row)
      if options.format == .json { return try Standard.json(Document(updates: rows)) }
      guard !rows.isEmpty else { return Standard.out("No update was written.") }
      Standard.out(
        Columns.text(
          rows.map { row in
            let whom = row.recipients > 0 ? "\(row.audience) ×\(row.recipients)" : row.audience
            return [
              row.draft, row.state, row.incident ?? "–", whom, row.stage.rawValue, row.at?.dateClockUTC ?? "",
              row.by ?? "", row.nextUpdate.map { "next by \($0.minuteUTC(at: now))" } ?? "", row.subject,
            ]
          }))
    }
  }

  private static func row(_ draft: Draft) -> Document.Row {
    let state =
      draft.sent != nil
      ? "sent" : draft.discarded != nil ? "discarded" : draft.approvals.isEmpty ? "draft" : "approved"
    let deed = draft.sent ?? draft.discarded ?? draft.saved
    return Document.Row(
      draft: draft.key, state: state, incident: draft.incident, system: draft.system,
      audience: draft.audience,
      stage: draft.stage, subject: draft.subject, recipients: draft.recipients.count, by: deed?.by,
      at: deed?.at,
      approvedBy: draft.approvals.map(\.by),
      nextUpdate: draft.sent == nil ? draft.intendedPromise : draft.promise,
      destinations: draft.destinations)
  }
}
