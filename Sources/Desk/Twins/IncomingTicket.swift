import Incidents
import Values

/// A ticket as another house has it, in our words. What is nil that house does not say.
package struct IncomingTicket: Codable, Equatable, Sendable {
  package struct Comment: Codable, Equatable, Sendable {
    /// Its id there; nil where comments have none, and then its place among them is.
    package var id: String?
    package var text: String
    package var isPublic: Bool
    /// The customer's name when the customer wrote it.
    package var customer: String?
    /// Who of support wrote it there.
    package var author: String?
    package var at: Instant?

    package init(
      id: String? = nil, text: String, isPublic: Bool = true, customer: String? = nil, author: String? = nil,
      at: Instant? = nil
    ) {
      self.id = id
      self.text = text
      self.isPublic = isPublic
      self.customer = customer
      self.author = author
      self.at = at
    }
  }

  package var id: String
  package var subject: String
  package var text: String
  package var requester: String
  package var system: String?
  package var state: TicketState?
  package var priority: TicketPriority?
  package var severity: Severity?
  /// A handle; empty is nobody.
  package var assignee: String?
  package var tags: [String]?
  package var tenant: String?
  package var opened: Instant?
  /// When its state changed last.
  package var changed: Instant?
  package var comments: [Comment] = []

  package init(id: String, subject: String, text: String, requester: String) {
    self.id = id
    self.subject = subject
    self.text = text
    self.requester = requester
  }

  /// What it says of a field, as ``Ticket/subscript(_:)`` has it; nil when it says nothing.
  package subscript(field: TicketField) -> String? {
    switch field {
    case .subject: subject
    case .state: state?.rawValue
    case .priority: priority?.rawValue
    case .severity: severity?.rawValue
    case .assignee: assignee
    case .tags: tags.map { TicketField.text(of: $0) }
    case .tenant: tenant
    }
  }

  /// Each with its id: its own, or its place. The request itself is not among them, though that house lists it as
  /// the first comment.
  var numbered: (request: [String], rest: [(id: String, comment: Comment)]) {
    let all = comments.enumerated().map { (id: $1.id ?? "#\($0 + 1)", comment: $1) }
    guard let first = all.first, first.comment.text.commentMark == text.commentMark else { return ([], all) }
    return ([first.id], Array(all.dropFirst()))
  }
}

extension Ticket {
  /// Whether both ask the same in the same words.
  package func isSameRequest(as other: IncomingTicket) -> Bool {
    subject == other.subject && (opened?.text ?? "").commentMark == other.text.commentMark
  }
}
