import Incidents
import Values

/// A communication being written, as its events leave it.
package struct Draft: Fold {
  package static let name = "draft"
  package static let version = 2

  /// Who did something to it, and when.
  package struct Deed: Codable, Equatable, Sendable {
    package let by: String
    package let at: Instant
  }

  /// Who stands for the text as it is.
  package struct Approval: Codable, Equatable, Sendable {
    package let by: String
    package let at: Instant
    /// That they had then.
    package let roles: [String]
  }

  package let key: String
  /// The incident it is about; nil for an announcement.
  package internal(set) var incident: String?
  package internal(set) var begun: Deed?
  package internal(set) var saved: Deed?
  /// How often it was saved.
  package internal(set) var revision = 0
  package internal(set) var template: String?
  package internal(set) var audience = ""
  package internal(set) var stage = Stage.investigating
  package internal(set) var fields: [String: String] = [:]
  package internal(set) var subject = ""
  package internal(set) var text = ""
  /// Whose folder it was written with, where no incident tells.
  package internal(set) var system: String?
  /// Who gets a copy each; empty where it goes to all alike.
  package internal(set) var recipients: [Recipient] = []
  /// Of the text as it is now; gone when the text or whom it goes to changes.
  package internal(set) var approvals: [Approval] = []
  package internal(set) var sent: Deed?
  /// The next update that it promised when it went out.
  package internal(set) var promise: Instant?
  package internal(set) var destinations: [String] = []
  package internal(set) var discarded: Deed?

  package init(key: String) {
    self.key = key
  }

  /// The first approval of the text as it is now.
  package var approved: Deed? { approvals.first.map { Deed(by: $0.by, at: $0.at) } }

  /// Whether somebody who had that role stands for the text as it is now. About no incident nobody has a
  /// role: then it is somebody else than who wrote it.
  package func isApproved(as role: String) -> Bool {
    approvals.contains { incident == nil ? $0.by != saved?.by : $0.roles.contains(role) }
  }

  package var isOpen: Bool { begun != nil && sent == nil && discarded == nil }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case DraftSaved.kind, DraftDiscarded.kind, DraftApproved.kind, UpdateSent.kind:
      event.body.flatMap { FactCoding.decode(OfDraft.self, from: $0) }.map { [$0.draft] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    let deed = Deed(by: event.actor.handle, at: event.occurred)
    if let fact = event.fact(DraftSaved.self) {
      if begun == nil {
        begun = deed
        incident = event.incident
      }
      if fact.text != text || fact.subject != subject || fact.recipients ?? [] != recipients {
        approvals = []
      }
      saved = deed
      revision += 1
      template = fact.template
      audience = fact.audience
      stage = fact.stage
      fields = fact.fields
      subject = fact.subject
      text = fact.text
      system = fact.system ?? system
      recipients = fact.recipients ?? []
    } else if let fact = event.fact(DraftApproved.self) {
      approvals.append(Approval(by: deed.by, at: deed.at, roles: fact.roles ?? []))
    } else if event.fact(DraftDiscarded.self) != nil {
      discarded = deed
    } else if let fact = event.fact(UpdateSent.self) {
      sent = deed
      promise = fact.nextUpdate
      destinations = fact.destinations
    }
  }
}

/// The draft that an event of any of its kinds names.
private struct OfDraft: Decodable {
  let draft: String
}

extension Draft {
  /// Fields that are still to be filled, in subject and text.
  package var unfilled: [String] {
    copies.flatMap { Unfilled.names(in: $0.subject) + Unfilled.names(in: $0.text) }.uniqued
  }
}
