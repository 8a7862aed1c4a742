/// What the output of an `exec` endpoint's program is.
package enum ProgramOutput: String, CaseIterable, Hashable, Sendable {
  /// As of a monitoring plugin: a status from 0 to 3, a line of text, performance data.
  case nagios
  /// A page of metrics in Prometheus' text format.
  case prometheus
  /// Nothing: the exit status is all.
  case none
}
