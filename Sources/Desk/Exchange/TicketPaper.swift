import Incidents
import JSON
import Values

/// A ticket with its whole conversation, for exports.
package struct TicketPaper: Sendable {
  package struct Comment: Sendable {
    package let id: String
    package let at: Instant
    package let by: String
    package let fact: TicketCommented
  }

  package let ticket: Ticket
  package private(set) var comments: [Comment] = []
  /// Names the journal, for tickets that are our own.
  private let house: String

  /// - Parameter events: the ticket's, oldest first.
  package init(_ ticket: Ticket, events: [Event], origin: String) {
    self.ticket = ticket
    house = Self.house(origin)
    // What was written here has the name that the other house gave it.
    var names: [String: String] = [:]
    for event in events {
      for (name, written) in event.fact(TicketSynced.self)?.comments ?? [:] { names[written] = name }
    }
    for event in events {
      guard let fact = event.fact(TicketCommented.self) else { continue }
      let id = fact.external ?? names[event.id] ?? event.id
      comments.append(Comment(id: id, at: fact.written ?? event.occurred, by: event.actor.handle, fact: fact))
    }
  }

  /// What a journal is called in what it gives to others.
  package static func house(_ origin: String) -> String { "midwatch-\(origin.prefix(12))" }

  package static let schema = "midwatch.tickets/1"

  private var external: TicketOpened.External {
    ticket.external ?? TicketOpened.External(source: house, id: ticket.key)
  }

  /// As one element of `tickets`.
  package var json: JSONValue {
    func text(_ value: String?) -> JSONValue? { value.map { .string($0) } }
    let comments = comments.map { comment in
      JSONValue.members(
        ("id", .string(comment.id)), ("at", .string(comment.at.rfc3339)),
        ("by", .string(comment.fact.customer ?? comment.fact.author ?? comment.by)),
        ("public", .bool(comment.fact.isPublic)), ("customer", text(comment.fact.customer)),
        ("author", text(comment.fact.customer == nil ? comment.fact.author ?? comment.by : nil)),
        ("text", .string(comment.fact.text)),
        ("attachments", comment.fact.attachments.map { .array($0.map { .string($0) }) }))
    }
    return .members(
      ("ticket", .string(ticket.key)), ("source", .string(external.source)), ("id", .string(external.id)),
      ("subject", .string(ticket.subject)), ("requester", .string(ticket.requester)),
      ("tenant", text(ticket.tenant)), ("system", text(ticket.system)),
      ("state", .string(ticket.state.rawValue)), ("priority", .string(ticket.priority.rawValue)),
      ("severity", .string(ticket.severity.rawValue)), ("assignee", text(ticket.assignee)),
      ("tags", .array(ticket.tags.map { .string($0) })),
      ("incidents", .array(ticket.incidents.map { .string($0) })),
      ("opened", text(ticket.openedAt?.rfc3339)), ("changed", text(ticket.stateSince?.rfc3339)),
      ("text", text(ticket.opened?.text)),
      ("attachments", ticket.opened?.attachments.map { .array($0.map { .string($0) }) }),
      ("comments", .array(comments)))
  }

  /// Files by their paths, a line each: for people; no import takes them.
  private static let attachments = "attachments"

  /// The names of the columns.
  package static var head: String {
    CSVText.record(
      ExchangeMapping.ticketFields
        + ExchangeMapping.commentFields.map { ExchangeMapping.column(ofComment: $0) }
        + [attachments, ExchangeMapping.column(ofComment: attachments)])
  }

  /// A row for the ticket and its first comment, and one for each further comment.
  package var csv: String {
    let fields = ExchangeMapping.ticketFields.map { field($0) }
    let bare = ExchangeMapping.ticketFields.map { ["source", "id"].contains($0) ? field($0) : "" }
    let files = (ticket.opened?.attachments ?? []).joined(separator: "\n")
    guard !comments.isEmpty else {
      return CSVText.record(fields + ExchangeMapping.commentFields.map { _ in "" } + [files, ""])
    }
    return comments.enumerated().map { index, comment in
      let own = (comment.fact.attachments ?? []).joined(separator: "\n")
      return CSVText.record(
        (index == 0 ? fields : bare) + columns(of: comment) + [index == 0 ? files : "", own])
    }.joined()
  }

  private func field(_ name: String) -> String {
    switch name {
    case "source": external.source
    case "id": external.id
    case "requester": ticket.requester
    case "system": ticket.system ?? ""
    case "opened": ticket.openedAt?.rfc3339 ?? ""
    case "changed": ticket.stateSince?.rfc3339 ?? ""
    case "text": ticket.opened?.text ?? ""
    default: TicketField(rawValue: name).map { ticket[$0] } ?? ""
    }
  }

  private func columns(of comment: Comment) -> [String] {
    [
      comment.id, comment.at.rfc3339, comment.fact.isPublic ? "true" : "false", comment.fact.customer ?? "",
      comment.fact.customer == nil ? comment.fact.author ?? comment.by : "", comment.fact.text,
    ]
  }
}
