import Incidents
import Values

/// One incident's times by every measure.
package struct IncidentTimes: Equatable, Sendable {
  package let incident: String
  package let title: String
  package let severity: Severity
  package let systems: [String]
  package let started: Instant
  /// By measure; one whose ends have not both come, or came in the wrong order, is not there.
  package let times: [Measure: Span]
  /// Ends in the wrong order, as sentences: an entry is wrong, and its time counts nowhere.
  package let disorder: [String]

  /// Nil for what was never declared.
  package init?(_ incident: Incident, keyTimes: [KeyTime]) {
    guard let started = incident.started, incident.declared != nil else { return nil }
    self.incident = incident.key
    self.started = started
    title = incident.title
    severity = incident.severity
    systems = incident.systems
    var times: [Measure: Span] = [:]
    var disorder: [String] = []
    for measure in Measure.allCases {
      guard let from = keyTimes.first(where: { $0.name == measure.ends.from }),
        let to = keyTimes.last(where: { $0.name == measure.ends.to })
      else { continue }
      if to.at < from.at {
        disorder.append(
          "\(incident.key): \(to.words) (\(to.at.dateClockUTC)) lies before \(from.words) "
            + "(\(from.at.dateClockUTC)); "
            + "the time to \(measure.rawValue.replacing("_", with: " ")) is left out")
      } else {
        times[measure] = to.at - from.at
      }
    }
    self.times = times
    self.disorder = disorder
  }
}

extension IncidentReport {
  /// Its times by every measure.
  package var measuredTimes: IncidentTimes? { IncidentTimes(incident, keyTimes: keyTimes) }
}
