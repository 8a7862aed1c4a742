import Desk
import Incidents
import Journal
import Values

extension Scribe {
  /// As ``perform(_:by:at:epoch:done:)``; an act that finds tickets by itself gets the zones for want of which it was
  /// refused, and is done then. A zone that this host does not have counts as missing, which the ticket's own record
  /// says.
  package func performWithZones(
    _ act: any Act, by actor: Actor, at now: Instant, done: @escaping Done
  ) {
    perform(act, by: actor, at: now) { result in
      guard case .failure(let unknown as UnknownZones) = result, let again = act as? any ZonedAct,
        let completed = TicketZones.completed(again, for: unknown)
      else { return done(result) }
      self.performWithZones(completed, by: actor, at: now, done: done)
    }
  }
}

extension TicketZones {
  /// The act with these zones; nil where it knows of all of them, so that asking again ends.
  static func completed<Zoned: ZonedAct>(_ act: Zoned, for unknown: UnknownZones) -> Zoned? {
    let news = unknown.names.filter { act.zones[$0] == nil && !act.missing.contains($0) }
    guard !news.isEmpty else { return nil }
    var act = act
    for name in news {
      if let zone = ZoneReader.zone(name) { act.zones[name] = zone } else { act.missing.insert(name) }
    }
    return act
  }
}
