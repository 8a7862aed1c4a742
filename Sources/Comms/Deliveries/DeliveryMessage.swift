import Incidents
import Values

/// What is to be told, whatever the destination: each kind puts it in its own words.
package struct DeliveryMessage: Codable, Equatable, Sendable {
  /// Why it goes out.
  package enum Occasion: String, Codable, Sendable {
    /// A person sent an update, an announcement or a reply.
    case update
    /// An alert of a level that a trusted folder lets go by itself.
    case fired, acknowledged, resolved
    /// A ticket's clock runs out, or did.
    case reminded
  }

  /// What went to the same destination about the same incident before.
  package struct Earlier: Codable, Equatable, Sendable {
    package let at: Instant
    package let stage: Stage?
    package let subject: String
    package let text: String

    package init(at: Instant, stage: Stage?, subject: String, text: String) {
      self.at = at
      self.stage = stage
      self.subject = subject
      self.text = text
    }
  }

  /// When announced work begins and ends.
  package struct Window: Codable, Equatable, Sendable {
    package let from: Instant
    package let until: Instant

    package init(from: Instant, until: Instant) {
      self.from = from
      self.until = until
    }
  }

  /// Makes one act one delivery: the same for each try, another for each act.
  package let key: String
  package let occasion: Occasion
  package let system: String
  /// `INC-14`; nil for an announcement.
  package let incident: String?
  package let title: String
  package let severity: Severity?
  package let stage: Stage?
  package let audience: String?
  package let subject: String
  package let text: String
  package let impact: String?
  /// What does not work, in the words of the incident.
  package let affected: [String]
  /// When the incident started, or the alert began to fire.
  package let started: Instant?
  package let nextUpdate: Instant?
  /// Of announced work.
  package let window: Window?
  /// When the act was done.
  package let at: Instant
  /// The alert that it is about, for what goes by itself.
  package let alert: AlertIdentity?
  /// `T-482`, the ticket that it is about, for what goes by itself.
  package let ticket: String?
  /// What the destination called this incident when the first delivery about it was received; nil before.
  package private(set) var remoteID: String?
  /// Oldest first: a destination that is a file is written anew with all of it.
  package let earlier: [Earlier]
  /// Whose copy it is, of a draft that goes to several; nil where it goes to all alike.
  package let recipient: String?
  /// Of the journal in which the incident was declared; two journals may have one of the same key.
  package let origin: String?
  /// What a page about the incident is called since its title changed; nil while it is called as its first update
  /// was.
  package let name: String?

  package init(
    key: String, occasion: Occasion, system: String, incident: String? = nil, title: String,
    severity: Severity? = nil, stage: Stage? = nil, audience: String? = nil, subject: String, text: String,
    impact: String? = nil, affected: [String] = [], started: Instant? = nil, nextUpdate: Instant? = nil,
    window: Window? = nil, at: Instant, alert: AlertIdentity? = nil, ticket: String? = nil,
    remoteID: String? = nil, earlier: [Earlier] = [], recipient: String? = nil, origin: String? = nil,
    name: String? = nil
  ) {
    self.key = key
    self.occasion = occasion
    self.system = system
    self.incident = incident
    self.title = title
    self.severity = severity
    self.stage = stage
    self.audience = audience
    self.subject = subject
    self.text = text
    self.impact = impact
    self.affected = affected
    self.started = started
    self.nextUpdate = nextUpdate
    self.window = window
    self.at = at
    self.alert = alert
    self.ticket = ticket
    self.remoteID = remoteID
    self.earlier = earlier
    self.recipient = recipient
    self.origin = origin
    self.name = name
  }

  /// What stands above the text: the subject, else the title.
  var heading: String { subject.allSatisfy(\.isWhitespace) ? title : subject }

  /// What a page about it is called: readers know it by the name that it had first, until its title changes.
  var pageName: String {
    let name = name ?? earlier.first?.subject ?? subject
    return (name.allSatisfy(\.isWhitespace) ? title : name).onOneLine
  }

  /// The same for a destination that calls the incident so.
  func calling(_ remoteID: String) -> DeliveryMessage {
    var message = self
    message.remoteID = remoteID
    return message
  }
}
