import Alerting
import Incidents
import Metrics
import Retro
import Values
import Wire

/// What somebody wants tried, and on which past.
package struct BacktestOrder: Sendable {
  /// Where the series come from.
  package enum Past: Sendable {
    /// What was copied while the incident was open.
    case evidence
    /// A file of OpenMetrics, or of Prometheus' text with times.
    case file(String)
    case remote(RemotePast)
  }

  package var groups: [GroupDefinition]
  package var past: Past
  /// The incident that it is about; with ``Past/evidence`` the one whose series they are.
  package var incident: String?
  /// Whose series they are; nil: the only system that has any.
  package var system: String?
  package var every: Span
  package var sweeps: [Sweep.Request]

  package init(
    groups: [GroupDefinition], past: Past, incident: String? = nil, system: String? = nil,
    every: Span = .seconds(30), sweeps: [Sweep.Request] = []
  ) {
    self.groups = groups
    self.past = past
    self.incident = incident
    self.system = system
    self.every = every
    self.sweeps = sweeps
  }
}

/// A time of a Prometheus-compatible server.
package struct RemotePast: Sendable {
  package var server: RemoteServer
  package var start: Instant
  package var end: Instant
  /// Nil: samples as they were scraped; else the newest of each step, as a range query gives them.
  package var step: Span?
  package var version: String

  package init(server: RemoteServer, start: Instant, end: Instant, step: Span?, version: String) {
    self.server = server
    self.start = start
    self.end = end
    self.step = step
    self.version = version
  }
}
