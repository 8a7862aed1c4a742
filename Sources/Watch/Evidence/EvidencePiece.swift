import Incidents
import Metrics
import Systems
import Values

/// The most of an incident's series that goes into the journal, of one system.
package struct EvidenceLimits: Equatable, Sendable {
  /// In one piece.
  package var series = 2000
  /// In all pieces.
  package var samples = 250_000

  package init() {}
}

/// A piece of the series behind an incident, as the journal takes it.
package struct EvidencePiece: Sendable {
  package let act: RecordSeries

  /// Reads the series; expensive, so never on the engine's thread. Nil when there is nothing in it that the journal
  /// does not know: no sample, and nothing newly missing.
  ///
  /// - Parameters:
  ///   - store: the system's series, as a copy.
  ///   - known: what the journal says is missing.
  package init?(_ plan: EvidencePlan, from store: Store, limits: EvidenceLimits, known: SeriesEvidence?) {
    var starts: [SeriesID: Instant] = [:]
    var order: [SeriesID] = []
    var missing = plan.missing
    for part in plan.parts {
      let found = store.select(part.matchers)
      if found.isEmpty { missing.append("Nothing of \(part.text) is among the series of \(plan.system).") }
      for id in found {
        guard let labels = store.labels(of: id) else { continue }
        let start = plan.start(of: labels, from: part.from)
        if let other = starts[id] {
          starts[id] = min(other, start)
        } else {
          starts[id] = start
          order.append(id)
        }
      }
    }
    let until = plan.parts.map(\.until).max() ?? Instant(milliseconds: 0)
    var left = max(0, limits.samples - plan.copiedSamples)
    var kept: [(labels: Labels, points: [Point])] = []
    var (samples, leftOutSeries, leftOutSamples) = (0, 0, 0)
    for id in order {
      guard let labels = store.labels(of: id), let start = starts[id] else { continue }
      let points = store.samples(id, after: start.milliseconds - 1, through: until.milliseconds - 1)
      guard !points.isEmpty else { continue }
      guard kept.count < limits.series, left > 0 else {
        leftOutSeries += 1
        leftOutSamples += points.count
        continue
      }
      // Of what does not fit the beginning is kept: a later piece could not go before it.
      kept.append((labels, Array(points.prefix(left))))
      samples += min(left, points.count)
      leftOutSamples += max(0, points.count - left)
      left -= min(left, points.count)
    }
    let news = missing.filter { !(known?.missing.contains($0) ?? false) }
    guard samples > 0 || !news.isEmpty || leftOutSamples > 0 && known?.leftOutSamples ?? 0 == 0 else {
      return nil
    }
    kept.sort { $0.labels < $1.labels }
    var text = OpenMetricsText()
    for series in kept { text.add(series.labels, series.points) }
    let bytes = kept.isEmpty ? [] : text.body
    let fact = EvidenceSampled(
      system: plan.system, from: plan.parts.map(\.from).min() ?? until, until: until, series: kept.count,
      samples: samples,
      blob: kept.isEmpty
        ? nil : .init(sha256: HexDigest.of(bytes), bytes: bytes.count, type: OpenMetricsText.type),
      copied: plan.parts.map { .init(selector: $0.text, from: $0.from, until: $0.until) }, rules: plan.rules,
      endpoints: plan.endpoints, leftOutSeries: leftOutSeries == 0 ? nil : leftOutSeries,
      leftOutSamples: leftOutSamples == 0 ? nil : leftOutSamples, missing: news.isEmpty ? nil : news)
    act = RecordSeries(incident: plan.incident, fact: fact, bytes: bytes)
  }
}
