import Incidents
import Journal
import Metrics
import Retro
import Values

/// Reads the series back that were copied for an incident.
package enum EvidenceReading {
  /// Of one system: all its pieces. Throws when a piece is missing or is not what was written.
  package static func history(of evidence: SeriesEvidence, in journal: Journal) throws -> SampleHistory {
    var history = SampleHistory()
    for blob in evidence.blobs {
      guard let bytes = try journal.blob(sha256: blob.sha256) else {
        throw Refusal(
          "A piece of the series of \(evidence.key) is not in the journal: it was erased, or the journal is "
            + "damaged (`midwatch journal verify`).")
      }
      do throws(ExpositionError) {
        try history.read(bytes, format: .openMetrics)
      } catch {
        throw Refusal("A piece of the series of \(evidence.key) cannot be read: \(error).")
      }
    }
    return history
  }

  /// What was copied for an incident, drawn; a piece that cannot be read is told, and the rest is drawn.
  ///
  /// - Parameter events: of its timeline.
  package static func charts(
    of incident: Incident, events: [Event], in journal: Journal, at now: Instant
  ) throws -> EvidenceCharts {
    var series: [EvidenceCharts.Series] = []
    for system in incident.systems {
      let key = SeriesEvidence.key(incident: incident.key, system: system)
      guard var evidence = try journal.entity(SeriesEvidence.self, key: key) else { continue }
      var store = Store()
      do {
        store = try history(of: evidence, in: journal).store
      } catch let refusal as Refusal {
        evidence.note(missing: refusal.sentence)
      }
      series.append(EvidenceCharts.Series(evidence: evidence, store: store))
    }
    return EvidenceCharts(of: incident, events: events, series: series, now: now)
  }
}
