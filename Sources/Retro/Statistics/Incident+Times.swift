import Incidents
import Values

extension Incident {
  /// How long its parts took, by the events of its timeline; nil for what was never declared.
  package func times(in events: [Event]) -> IncidentTimes? {
    let report = IncidentReport(
      self, events: events, stamp: .init(journal: "", origin: "", count: 0, head: ""),
      zone: .init(offset: 0, name: "UTC"), made: Instant(milliseconds: 0))
    return IncidentTimes(self, keyTimes: report.keyTimes)
  }
}
