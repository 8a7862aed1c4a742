import Incidents
import Values

/// Works out where clocks are after an act, so that its last event carries them.
extension Ticket {
  /// The ticket as `entries`, not appended yet, leave it.
  func after(_ entries: [Entry], by actor: Actor, at now: Instant) throws -> Ticket {
    var ticket = self
    for entry in entries where entry.ticket == key {
      let fact = type(of: entry.fact)
      ticket.apply(
        Event(
          origin: "", seq: 0, id: "", kind: fact.kind, version: fact.version, occurred: entry.occurred,
          ended: entry.ended, recorded: now, actor: actor, incident: entry.incident, ticket: entry.ticket,
          body: try FactCoding.encode(entry.fact)))
    }
    return ticket
  }

  /// The entries, the last clocked one of this ticket with its clocks when any of them moved.
  func settled(_ entries: [Entry], zones: [String: Zone], by actor: Actor, at now: Instant) throws -> [Entry]
  {
    let next = try after(entries, by: actor, at: now)
    if let unknown = next.unknownZones(zones: zones) {
      // What moves no clock needs no calendar.
      if next.history == history { return entries }
      throw unknown
    }
    let dues = next.dues(zones: zones, at: now)
    let isOpening = opened == nil
    guard isOpening || dues != clocks,
      let last = entries.lastIndex(where: { $0.ticket == key && $0.fact is any ClockedFact }),
      var fact = entries[last].fact as? any ClockedFact
    else { return entries }
    fact.clocks = dues
    var entries = entries
    entries[last].fact = fact
    return entries
  }
}

/// The calendar of a ticket counts in a zone that whoever acts does not know: clocks would be moved by another one.
package struct UnknownZones: Error, Hashable, CustomStringConvertible, Sendable {
  package let ticket: String
  /// Names of zones, sorted.
  package let names: [String]

  package var description: String {
    let zones = names.map { Inert.terminal($0) }.joined(separator: ", ")
    return "\(ticket) counts by the hours of \(zones), which is no zone that is known here; install tzdata."
  }

  /// What is said where it counts all the same.
  package var inUTC: String {
    let zones = names.map { Inert.terminal($0) }.joined(separator: ", ")
    return "its hours count in UTC, for \(zones) is no zone that is known here; install tzdata"
  }
}

/// An act that moves clocks of tickets which it finds itself, so that whoever does it cannot know their zones before.
package protocol ZonedAct: Act {
  /// By name.
  var zones: [String: Zone] { get set }
  /// Names for which this host has no rules: what counts by them counts in UTC, and says so.
  var missing: Set<String> { get set }
}

extension Ticket {
  /// Nil when the zones are known that its clocks count by.
  package func unknownZones(zones: [String: Zone]) -> UnknownZones? {
    guard let plan else { return nil }
    let names = plan.zones.filter { $0 != "UTC" && zones[$0] == nil }
    return names.isEmpty ? nil : UnknownZones(ticket: key, names: names.sorted())
  }
}
