import Incidents
import Values

/// Decides what both houses changed: ours goes there, or theirs is taken here.
package struct ResolveConflict: Act {
  package enum Side: String, CaseIterable, Sendable { case ours, theirs }

  package var ticket: String
  package var field: String
  package var keep: Side
  package var hand: DeskHand

  package init(_ ticket: String, field: String, keep: Side, hand: DeskHand) {
    self.ticket = ticket
    self.field = field
    self.keep = keep
    self.hand = hand
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedTicket(ticket)
    guard let external = state.external, let theirs = state.conflicts[field],
      let named = TicketField(rawValue: field)
    else {
      let open = state.conflicts.keys.sorted().map(Inert.terminal).joined(separator: ", ")
      throw Refusal(
        "\(ticket) has no conflict about \(Inert.terminal(field)); "
          + (open.isEmpty ? "it has none at all." : "it has one about \(open)."))
    }
    let scene = TicketScene(record, actor: actor, now: now)
    scene.look(at: state)
    if keep == .theirs {
      var changed = TicketChanged()
      guard changed.set(named, theirs) else {
        throw Refusal("\"\(Inert.terminal(theirs))\" is no \(field); keep ours.")
      }
      changed.reason = "as \(external.source) has it"
      try scene.append(changed, on: ticket, at: now, zones: hand.zones)
    }
    let left = state.conflicts.filter { $0.key != field }
    let fact = TicketSynced(
      source: external.source, external: external.id, remoteDigest: "",
      conflicts: left.isEmpty ? nil : left, fields: [field: theirs], decided: [field: keep.rawValue])
    scene.note(Entry(fact, at: now, ticket: ticket))
    return Decision(append: scene.entries)
  }
}
