import Incidents
import Values

/// Several acts on one ticket decided as one: each sees what those before it do.
final class TicketScene<Base: Record> {
  let record: Base
  let actor: Actor
  let now: Instant
  private(set) var entries: [Entry] = []
  /// As the entries leave it.
  private(set) var ticket: Ticket?

  init(_ record: Base, actor: Actor, now: Instant) {
    self.record = record
    self.actor = actor
    self.now = now
  }

  func look(at ticket: Ticket) { self.ticket = ticket }

  /// Returns the ticket that it is about; nil when there was nothing to do.
  @discardableResult
  func perform(_ act: some Act) throws -> String? {
    let decision = try act.decide(by: actor, at: now, in: SceneRecord(base: record, ticket: ticket))
    guard let key = decision.append.compactMap(\.ticket).first else { return nil }
    try take(decision.append, of: key)
    return key
  }

  /// A change without the rules of acts: what another house says is so.
  func append(_ changed: TicketChanged, on key: String, at moment: Instant, zones: [String: Zone]) throws {
    let before = try ticket.flatMap { $0.key == key ? $0 : nil } ?? record.ticket(key)
    var entries = [Entry(changed, at: max(moment, before.openedAt ?? moment), ticket: key)]
    if let state = changed.state { entries += try before.holding(as: state, at: now, in: record) }
    ticket = before
    try take(try before.settled(entries, zones: zones, by: actor, at: now), of: key)
  }

  func note(_ entry: Entry) { entries.append(entry) }

  private func take(_ new: [Entry], of key: String) throws {
    entries += new
    ticket = try (ticket.flatMap { $0.key == key ? $0 : nil } ?? Ticket(key: key)).after(
      new, by: actor, at: now)
  }
}

/// A record in which one ticket stands as acts that are not written yet leave it.
private struct SceneRecord<Base: Record>: Record {
  let base: Base
  let ticket: Ticket?

  func entity<F: Fold>(_ fold: F.Type, _ key: String) throws -> F? {
    if let ticket, ticket.key == key, let entity = ticket as? F { return entity }
    return try base.entity(fold, key)
  }

  func open<F: Fold>(_ fold: F.Type) throws -> [String] { try base.open(fold) }

  func next(_ series: String) throws -> Int { try base.next(series) }

  func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String] { try base.keys(query) }
}
