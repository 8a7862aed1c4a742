import Alerting
import Probes
import Values

/// The folder at another pace, for drills and demos, and at its place.
extension SystemFolder {
  /// Every endpoint polled, and every rule group evaluated, `every`.
  package func paced(every: Span) -> SystemFolder {
    var paced = self
    paced.every = every
    for index in paced.endpoints.indices { paced.endpoints[index].every = every }
    paced.ruleGroups = ruleGroups.map { group in
      GroupDefinition(
        file: group.file, name: group.name, interval: every, queryOffset: group.queryOffset,
        limit: group.limit,
        rules: group.rules, position: group.position, kept: group.kept)
    }
    for index in paced.connectivity.indices { paced.connectivity[index].every = every }
    return paced
  }

  /// The folder at a path, absolute: what its endpoints' files and programs are relative to.
  package func rooted(at path: String) -> SystemFolder {
    var rooted = self
    rooted.endpoints = endpoints.map { $0.rooted(at: path) }
    rooted.connectivity = connectivity.map { $0.rooted(at: path) }
    return rooted
  }

  /// All that is polled: its endpoints, then its checks of connectivity.
  package var polled: [(endpoint: Endpoint, isCheck: Bool)] {
    endpoints.map { ($0, false) } + connectivity.map { ($0, true) }
  }

  /// Names of the alerts of its rules, the built-in one included.
  package var alertNames: [String] {
    ruleGroups.flatMap(\.rules).filter(\.isAlerting).map(\.name)
  }
}
