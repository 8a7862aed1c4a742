import Incidents
import Values

/// An act on its way into the journal.
package struct WaitingAct: Sendable {
  package let act: any Act
  package let actor: Actor
  package let now: Instant
  /// The id of its first event; further ones are numbered on from it. Doing an act again under the same id
  /// appends nothing and returns the events that are there.
  package let id: UUIDv7
  /// The engine's own epoch, on its acts; nil on people's.
  package let epoch: Int64?

  package init(
    _ act: any Act, by actor: Actor, at now: Instant, id: UUIDv7? = nil, epoch: Int64? = nil
  ) {
    self.act = act
    self.actor = actor
    self.now = now
    self.id = id ?? UUIDv7(at: now)
    self.epoch = epoch
  }
}
