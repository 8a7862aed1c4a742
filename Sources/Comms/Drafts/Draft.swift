import Incidents
import Values

/// A communication being written, as its events leave it.
package struct Draft: Fold {
  package static let name = "draft"
  package static let version = 1

  /// Who did something to it, and when.
  package struct Deed: Codable, Equatable, Sendable {
    package let by: String
    package let at: Instant
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
  /// Of the text as it is now; gone when the text changes.
  package internal(set) var approved: Deed?
  package internal(set) var sent: Deed?
  package internal(set) var discarded: Deed?

  package init(key: String) {
    self.key = key
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
      if fact.text != text || fact.subject != subject { approved = nil }
      saved = deed
      revision += 1
      template = fact.template
      audience = fact.audience
      stage = fact.stage
      fields = fact.fields
      subject = fact.subject
      text = fact.text
    } else if event.fact(DraftApproved.self) != nil {
      approved = deed
    } else if event.fact(DraftDiscarded.self) != nil {
      discarded = deed
    } else if event.fact(UpdateSent.self) != nil {
      sent = deed
    }
  }
}

/// The draft that an event of any of its kinds names.
private struct OfDraft: Decodable {
  let draft: String
}

extension Draft {
  /// Fields that are still to be filled, in subject and text.
  package var unfilled: [String] { (Unfilled.names(in: subject) + Unfilled.names(in: text)).uniqued }
}
