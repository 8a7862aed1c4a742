import Probes

/// Traces of polls that failed: of each run of failures for one reason, the first and the last.
package struct KeptFailures: Sendable {
  private struct Place: Hashable {
    let system: String
    let endpoint: String
  }

  private var kept: [Place: [ProbeTrace]] = [:]

  /// Of one endpoint.
  package static let limit = 8

  package init() {}

  package mutating func keep(_ trace: ProbeTrace, of system: String) {
    var traces = kept[Place(system: system, endpoint: trace.endpoint)] ?? []
    if traces.suffix(2).count(where: { $0.reason == trace.reason }) == 2 { traces.removeLast() }
    traces.append(trace)
    kept[Place(system: system, endpoint: trace.endpoint)] = traces.suffix(Self.limit)
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
