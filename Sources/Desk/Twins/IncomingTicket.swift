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

  /// A comment with what it is known by.
  struct Numbered {
    /// Its own, or what it says, who wrote it, when, and which of its like it is.
    let id: String
    /// What it was known by before, when comments without ids were told by their place.
    let place: String?
    let comment: Comment
  }

  /// Each with its id, the oldest first, however that house lists them. The request itself is not among them, though
  /// that house lists it as the first comment.
  var numbered: (request: [String], rest: [Numbered]) {
    var alike: [String: Int] = [:]
    let all = inOrder.map { place, comment in
      if let id = comment.id { return Numbered(id: id, place: nil, comment: comment) }
      let likeness = comment.likeness
      alike[likeness, default: 0] += 1
      return Numbered(
        id: "\(Self.nameless)\(likeness).\(alike[likeness, default: 1])", place: "#\(place + 1)",
        comment: comment)
    }
    guard let first = all.first, isRequest(first.comment) else { return ([], all) }
    return ([first.id], Array(all.dropFirst()))
  }

  /// What the id of a comment begins with that has none in its house.
  static let nameless = "="

  /// The oldest first, each with its place in the list: by their times where all have one.
  private var inOrder: [(place: Int, comment: Comment)] {
    var all = comments.enumerated().map { (place: $0, comment: $1) }
    guard let first = all.first?.comment, let last = all.last?.comment else { return [] }
    let times = all.compactMap(\.comment.at)
    guard times.count == all.count else {
      return isRequest(last) && !isRequest(first) ? all.reversed() : all
    }
    if let first = times.first, let last = times.last, first > last { all.reverse() }
    let sorted = all.enumerated().sorted { one, other in
      (one.element.comment.at ?? one.element.comment.never, one.offset)
        < (other.element.comment.at ?? other.element.comment.never, other.offset)
    }
    return sorted.map(\.element)
  }

  private func isRequest(_ comment: Comment) -> Bool { comment.text.commentMark == text.commentMark }
}

extension IncomingTicket.Comment {
  fileprivate var never: Instant { Instant(milliseconds: .max) }

  /// The same for the same words of the same person at the same time.
  fileprivate var likeness: String {
    let parts = [
      customer ?? "", author ?? "", isPublic ? "1" : "0", at.map { "\($0.milliseconds)" } ?? "",
      "\(text.commentMark)",
    ]
    return String(parts.joined(separator: "\u{1F}").commentMark, radix: 16)
  }
}

extension Ticket {
  /// Whether the same person asks the same in the same words.
  package func isSameRequest(as other: IncomingTicket) -> Bool {
    subject == other.subject && (opened?.text ?? "").commentMark == other.text.commentMark
      && requester.trimmingBlanks.lowercased() == other.requester.trimmingBlanks.lowercased()
  }
}
