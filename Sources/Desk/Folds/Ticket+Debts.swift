import Incidents

/// What the other house of a ticket knows, and what it does not know yet. Only what people did here is owed: what
/// came from there, or followed by itself, is not told again.
extension Ticket {
  /// What nobody took there yet.
  package var unsent: [TicketDebt] { owed.filter { !$0.isSent } }

  /// Taken there without a name for so many comments, the oldest are forgotten: that house lists none.
  private static let mostNameless = 200
  /// A house that takes no such field is owed the last so many changes.
  private static let mostOfAField = 20

  mutating func owe(_ fact: TicketCommented, _ event: Event) {
    guard external != nil, !event.actor.isEngine, fact.external == nil, fact.customer == nil else { return }
    owed.append(
      TicketDebt(
        id: event.id, what: TicketDebt.comment, value: nil, isPublic: fact.isPublic,
        mark: fact.text.commentMark))
  }

  mutating func owe(_ fact: TicketChanged, _ event: Event) {
    guard external != nil else { return }
    for field in TicketField.allCases where fact.names(field) {
      if event.actor.isEngine {
        // What came from there is newer than what did not go.
        owed.removeAll { $0.what == field.rawValue }
      } else {
        owe(field, event.id)
      }
    }
  }

  /// Each change goes for itself, in its order: that house may tell back any of them.
  private mutating func owe(_ field: TicketField, _ id: String) {
    if owed.count(where: { $0.what == field.rawValue }) >= Self.mostOfAField,
      let oldest = owed.firstIndex(where: { $0.what == field.rawValue })
    {
      owed.remove(at: oldest)
    }
    owed.append(
      TicketDebt(id: id, what: field.rawValue, value: self[field], isPublic: false, mark: nil))
  }

  mutating func applySync(_ event: Event) {
    guard let fact = event.fact(TicketSynced.self) else { return }
    if external?.id.isEmpty ?? true {
      adopted = TicketOpened.External(source: fact.source, id: fact.external)
    }
    if let before = fact.owed { owed = before + owed }
    remoteDigest = fact.remoteDigest
    conflicts = fact.conflicts ?? [:]
    agreed.merge(fact.fields ?? [:]) { $1 }
    commentIDs.formUnion((fact.comments ?? [:]).keys)
    let named = Set((fact.comments ?? [:]).values)
    let alike = Set(TicketField.allCases.filter { agreed[$0.rawValue] == self[$0] }.map(\.rawValue))
    owed.removeAll { debt in
      // Once both say the same there is nothing to tell, whatever was said in between.
      named.contains(debt.id) || alike.contains(debt.what)
        || !debt.isComment && debt.value != nil && agreed[debt.what] == debt.value
    }
    if let sent = fact.sent {
      sentAt = event.occurred
      owed.removeAll { !$0.isComment && sent.contains($0.id) }
      for index in owed.indices where sent.contains(owed[index].id) { owed[index].isSent = true }
      let nameless = owed.count { $0.isSent }
      if nameless > Self.mostNameless, let oldest = owed.firstIndex(where: \.isSent) {
        owed.remove(at: oldest)
      }
    }
    for (name, side) in (fact.decided ?? [:]).sorted(by: { $0.key < $1.key }) {
      owed.removeAll { $0.what == name }
      if side == ResolveConflict.Side.ours.rawValue, let field = TicketField(rawValue: name) {
        owe(field, event.id)
      }
    }
  }
}

extension Ticket {
  /// What a house is to be told of a ticket that was opened here, once it has it: everything that people wrote and
  /// changed.
  ///
  /// - Parameter events: the ticket's, oldest first.
  package static func debts(of key: String, events: [Event], to source: String) -> [TicketDebt] {
    var ticket = Ticket(key: key)
    for event in events {
      ticket.apply(event)
      if ticket.external == nil { ticket.adopted = TicketOpened.External(source: source, id: "") }
    }
    return ticket.owed
  }
}
