import Incidents
import JSON
import Values

/// The same filter over events that are in memory already.
extension EventFilter {
  /// Pins are left aside: whoever lists adds what is pinned. Words match their beginnings, in whatever the event
  /// says; a journal's index knows whole words, and the beginning of the last one.
  package func matches(_ event: Event, at now: Instant) -> Bool {
    isInTime(event.occurred, at: now)
      && terms.allSatisfy { term in Self.matches(event, term.test) != term.isNegated }
  }

  package func isInTime(_ instant: Instant, at now: Instant) -> Bool {
    (since.map { instant >= $0.instant(at: now) } ?? true)
      && (until.map { instant < $0.instant(at: now) } ?? true)
  }

  private static func matches(_ event: Event, _ test: Test) -> Bool {
    switch test {
    case .kinds(let words): return isOf(event.kind, words)
    case .actors(let handles): return handles.contains(event.actor.handle)
    case .systems(let names): return event.system.map(names.contains) ?? false
    case .incidents(let keys): return event.incident.map(keys.contains) ?? false
    case .tickets(let keys): return event.ticket.map(keys.contains) ?? false
    case .text(let words):
      let text = event.body.map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
      return words.replacing("\"", with: "").lowercased().split(whereSeparator: \.isWhitespace)
        .allSatisfy { text.contains($0) }
    }
  }
}

extension Event {
  /// The system that its body names.
  package var system: String? {
    guard let body, case .success(.object(let members)) = JSONValue.read(body),
      case .string(let system)? = members.first(where: { $0.name == "system" })?.value
    else { return nil }
    return system
  }
}
