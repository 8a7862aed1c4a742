import Incidents
import Testing
import Values

/// A journal in memory: acts decide on folds of what was appended before, on 21 November 2026.
package final class MemoryRecord: Record {
  package private(set) var events: [Event] = []
  package private(set) var blobs: [[UInt8]] = []
  private var counters: [String: Int] = [:]

  package init() {}

  package func entity<F: Fold>(_ fold: F.Type, _ key: String) throws -> F? {
    let own = events.filter { F.keys(of: $0).contains(key) }
    guard !own.isEmpty else { return nil }
    var entity = F(key: key)
    for event in own { entity.apply(event) }
    return entity
  }

  package func open<F: Fold>(_ fold: F.Type) throws -> [String] {
    var keys: [String] = []
    for key in events.flatMap({ F.keys(of: $0) }) where !keys.contains(key) { keys.append(key) }
    return try keys.filter { try entity(fold, $0)?.isOpen ?? false }
  }

  package func next(_ series: String) throws -> Int {
    counters[series, default: 0] += 1
    return counters[series, default: 1]
  }

  /// Words are in the text of an event when its body has them, whatever their case.
  package func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String] {
    var keys: [String] = []
    for key in events.flatMap({ F.keys(of: $0) }) where !keys.contains(key) { keys.append(key) }
    let rows = try keys.compactMap { key in try entity(F.self, key).map { IndexRow<F>($0, key: key) } }
    let found = query.select(rows) { words, key in
      events.contains { event in
        let text = String(decoding: event.body ?? [], as: UTF8.self).lowercased()
        return F.keys(of: event).contains(key)
          && words.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
      }
    }
    return found.map(\.key)
  }

  /// Decides and appends; returns what was appended.
  @discardableResult
  package func perform(_ act: some Act, by handle: String = "ops1", at clock: String = "03:06") throws
    -> [Event]
  {
    try perform(act, by: handle, at: try #require(Instant(rfc3339: "2026-11-21T\(clock):00Z")))
  }

  /// The same at any instant.
  @discardableResult
  package func perform(_ act: some Act, by handle: String = "ops1", at now: Instant) throws -> [Event] {
    let actor = Actor(handle: handle, host: "jump2", uid: 1000)
    let decision = try act.decide(by: actor, at: now, in: self)
    blobs += decision.blobs
    let new = try decision.append.enumerated().map { index, entry in
      Event(
        origin: "o", seq: Int64(events.count + index + 1), id: "\(events.count + index)",
        kind: type(of: entry.fact).kind, version: type(of: entry.fact).version, occurred: entry.occurred,
        ended: entry.ended, recorded: now, actor: actor, incident: entry.incident, ticket: entry.ticket,
        body: try FactCoding.encode(entry.fact))
    }
    events += new
    return new
  }

  /// The sentence of the refusal that the act meets; nil when it is done.
  package func refusal(_ act: some Act, by handle: String = "ops1", at clock: String = "03:07") -> String? {
    do {
      try perform(act, by: handle, at: clock)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
