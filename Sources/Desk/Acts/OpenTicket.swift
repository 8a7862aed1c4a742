import Incidents
import Values

/// Takes a request in; what the customer wrote is its first comment.
package struct OpenTicket: Act {
  package var subject: String
  package var text: String
  package var requester: String
  package var system: String?
  package var tenant: String?
  package var priority = TicketPriority.normal
  package var severity = Severity.s3
  package var tags: [String] = []
  package var assignee: String?
  package var attachments: [AttachmentPath] = []
  package var external: TicketOpened.External?
  /// Where it stands in the house that it came from; ours begin as `open`.
  package var state = TicketState.open
  /// The ticket of which it was part.
  var splitFrom: String?
  /// When the customer wrote it, if that was before now.
  package var asked: Instant?
  package var plan: ClockPlan
  package var hand: DeskHand

  package init(subject: String, text: String, requester: String, plan: ClockPlan, hand: DeskHand) {
    self.subject = subject
    self.text = text
    self.requester = requester
    self.plan = plan
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard subject.hasWords else {
      throw Refusal("A ticket needs a subject; say in a few words what is asked.")
    }
    guard subject.count <= Self.longestSubject, !subject.contains(where: \.isNewline) else {
      throw Refusal(
        "A subject is one line of at most \(Self.longestSubject) characters; write the rest as the text.")
    }
    guard requester.hasWords else { throw Refusal("A ticket needs a requester; say who asks.") }
    if let asked, asked > now {
      throw Refusal("\(asked.dateClockUTC) is in the future; it was asked before now.")
    }
    if let assignee, !Actor.isHandle(assignee) { throw TicketRules.noHandle(assignee) }
    let outside = assignee == nil || splitFrom != nil ? nil : try hand.outside(.assign)
    let tags = try TicketRules.tags(self.tags)
    if let external, let twin = try record.keys(external.query()).first {
      throw Refusal(
        "\(twin) is \(Inert.terminal(external.id)) of \(Inert.terminal(external.source)) already.")
    }
    let number = try record.next("T")
    let key = "T-\(number)"
    let opened = TicketOpened(
      number: number, system: system.words, subject: subject, requester: requester, tenant: tenant.words,
      priority: priority, severity: severity, state: state, tags: tags, assignee: assignee, text: text,
      attachments: attachments.isEmpty ? nil : attachments, external: external, splitFrom: splitFrom,
      plan: plan, outsideRoles: outside)
    let entries = [Entry(opened, at: asked ?? now, ticket: key)]
    return Decision(append: try Ticket(key: key).settled(entries, zones: hand.zones, by: actor, at: now))
  }

  static let longestSubject = 300
}

/// What several acts demand of what they are given.
enum TicketRules {
  static func noHandle(_ text: String) -> Refusal {
    Refusal("\(Inert.terminal(text)) is no handle: a-z, 0-9, dots, dashes, at most 32.")
  }

  /// Lowered, each once, in their order; a tag is one word.
  static func tags(_ given: [String]) throws -> [String] {
    var tags: [String] = []
    for tag in given.map({ $0.lowercased() }) where !tags.contains(tag) {
      guard (1...40).contains(tag.count), !tag.contains(where: { $0.isWhitespace || $0 == "," }) else {
        throw Refusal("\"\(Inert.terminal(tag))\" is no tag; a tag is one word of at most 40 characters.")
      }
      tags.append(tag)
    }
    return tags
  }
}
