import Probes

/// Traces of polls that failed: of each run of failures for one reason, the first and the last.
package struct KeptFailures: Sendable {
  private struct Place: Hashable {
    let system: String
    let endpoint: String
  }

  /// All that is kept of one endpoint, the oldest first.
  package struct Kept: Sendable {
    package let system: String
    package let endpoint: String
    package let traces: [ProbeTrace]
  }

  private var kept: [Place: [ProbeTrace]] = [:]
  private var changed: Set<Place> = []

  /// Of one endpoint.
  package static let limit = 8

  package init() {}

  package mutating func keep(_ trace: ProbeTrace, of system: String) {
    var traces = kept[Place(system: system, endpoint: trace.endpoint)] ?? []
    if traces.suffix(2).count(where: { $0.reason == trace.reason }) == 2 { traces.removeLast() }
    traces.append(trace)
    kept[Place(system: system, endpoint: trace.endpoint)] = traces.suffix(Self.limit)
    changed.insert(Place(system: system, endpoint: trace.endpoint))
  }

  /// Those of before a restart, the oldest first; what failed since stands behind them.
  package mutating func restore(_ traces: [ProbeTrace], of system: String) {
    for (endpoint, earlier) in Dictionary(grouping: traces, by: \.endpoint) {
      let place = Place(system: system, endpoint: endpoint)
      kept[place] = Array((earlier + (kept[place] ?? [])).suffix(Self.limit))
    }
  }

  /// What changed since this was asked last.
  package mutating func takeChanged() -> [Kept] {
    defer { changed = [] }
    return changed.map { Kept(system: $0.system, endpoint: $0.endpoint, traces: kept[$0] ?? []) }
  }

  /// The last one first.
  package func failures(of endpoint: String, in system: String) -> [ProbeTrace] {
    (kept[Place(system: system, endpoint: endpoint)] ?? []).reversed()
  }

  /// Forgets what belongs to no endpoint any more.
  package mutating func retain(where isThere: (_ system: String, _ endpoint: String) -> Bool) {
    kept = kept.filter { isThere($0.key.system, $0.key.endpoint) }
  }
}
