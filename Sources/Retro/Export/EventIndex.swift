import Incidents

/// Where events of each kind are: most sections tell of a few among 100,000.
struct EventIndex: Sendable {
  private var places: [String: [Int]] = [:]

  init(_ events: [Event]) {
    var (kind, run): (String, [Int]) = ("", [])
    for place in events.indices {
      if events[place].kind != kind {
        places[kind] = run
        kind = events[place].kind
        run = places.removeValue(forKey: kind) ?? []
      }
      run.append(place)
    }
    places[kind] = run
  }

  /// Those of these kinds among the events that it was made of, in their order.
  func events(_ kinds: [String], in events: [Event]) -> [Event] {
    let found = kinds.compactMap { places[$0] }
    let all = found.count == 1 ? found[0] : found.joined().sorted()
    return all.compactMap { events.indices.contains($0) ? events[$0] : nil }
  }
}

extension IncidentReport {
  /// Its events of these kinds, in the order in which they happened.
  func events(_ kinds: String...) -> [Event] { index.events(kinds, in: events) }
}
