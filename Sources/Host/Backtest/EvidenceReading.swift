import Incidents
import Journal
import Metrics
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
}
