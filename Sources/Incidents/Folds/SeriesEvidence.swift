import Values

/// What is in the journal of the series of one system behind one incident.
package struct SeriesEvidence: Fold {
  package static let name = "series-evidence"
  package static let version = 2

  /// `INC-14/nova-rms`.
  package let key: String
  package private(set) var incident: String?
  package private(set) var system = ""
  /// Until where each selector's series are in, by its text; from when on they are.
  package private(set) var until: [String: Instant] = [:]
  package private(set) var from: [String: Instant] = [:]
  package private(set) var rules: [EvidenceSampled.Rule] = []
  package private(set) var endpoints: [EvidenceSampled.Target] = []
  /// The blobs, in their order.
  package private(set) var blobs: [EvidenceSampled.Blob] = []
  /// The most series that a piece had.
  package private(set) var series = 0
  package private(set) var samples = 0
  package private(set) var leftOutSeries = 0
  package private(set) var leftOutSamples = 0
  package private(set) var missing: [String] = []

  package init(key: String) {
    self.key = key
  }

  package static func key(incident: String, system: String) -> String { "\(incident)/\(system)" }

  /// Whether it goes on is for its incident to say.
  package var isOpen: Bool { false }

  package static func keys(of event: Event) -> [String] {
    guard let incident = event.incident, let fact = event.fact(EvidenceSampled.self) else { return [] }
    return [key(incident: incident, system: fact.system)]
  }

  package mutating func apply(_ event: Event) {
    guard let fact = event.fact(EvidenceSampled.self) else { return }
    incident = event.incident
    system = fact.system
    for part in fact.copied {
      from[part.selector] = min(from[part.selector] ?? part.from, part.from)
      until[part.selector] = max(until[part.selector] ?? part.until, part.until)
    }
    for rule in fact.rules {
      rules.removeAll { $0.rule == rule.rule && $0.expr == rule.expr }
      rules.append(rule)
    }
    for target in fact.endpoints {
      endpoints.removeAll { $0.endpoint == target.endpoint }
      endpoints.append(target)
    }
    if let blob = fact.blob { blobs.append(blob) }
    series = max(series, fact.series)
    samples += fact.samples
    leftOutSeries = max(leftOutSeries, fact.leftOutSeries ?? 0)
    leftOutSamples += fact.leftOutSamples ?? 0
    missing += (fact.missing ?? []).filter { !missing.contains($0) }
  }

  /// What turned out to be missing when it was read, as a whole sentence.
  package mutating func note(missing sentence: String) { missing.append(sentence) }
}
