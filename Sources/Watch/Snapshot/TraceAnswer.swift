import Probes

/// The answer to a question for an endpoint's trace.
package struct TraceAnswer: Codable, Equatable, Sendable {
  package var id: Int
  /// What came of probing it for this question.
  package var trace: ProbeTrace?
  /// How earlier polls failed, the last one first.
  package var failures: [ProbeTrace]
  /// Why there is no trace, as a whole sentence.
  package var refused: String?

  package init(id: Int, trace: ProbeTrace? = nil, failures: [ProbeTrace] = [], refused: String? = nil) {
    self.id = id
    self.trace = trace
    self.failures = failures
    self.refused = refused
  }
}
