import Incidents
import Values

/// A plan with its calendars made ready to count with. Building one costs tens of microseconds for each calendar:
/// keep it by its plan where many tickets share one.
package struct ClockTerms: Sendable {
  private let targets: [Severity: ClockPlan.Targets]
  private let hours: [Severity: WorkingHours]
  /// What part of a target is left when it is warned of, from 0 to 1.
  let warnsAt: Double
  /// Zones that the plan's calendars name and nobody knows here: these calendars count in UTC.
  package let unknownZones: [String]

  /// A severity that stands twice in the plan has its first targets; one whose calendar is not in the plan is
  /// always open, so that its clocks err on the early side.
  ///
  /// - Parameter zones: by name.
  package init(_ plan: ClockPlan, zones: [String: Zone]) {
    targets = Dictionary(plan.targets.map { ($0.severity, $0) }, uniquingKeysWith: { first, _ in first })
    var ready: [String: WorkingHours] = [:]
    var unknown: Set<String> = []
    for calendar in plan.calendars where ready[calendar.name] == nil {
      var zone: Zone? = .utc
      if let name = calendar.zone, name != "UTC" {
        zone = zones[name]
        if zone == nil { unknown.insert(name) }
      }
      ready[calendar.name] = WorkingHours(calendar, zone: zone ?? .utc)
    }
    hours = targets.compactMapValues { row in
      row.calendar.flatMap { $0 == ClockPlan.always ? nil : ready[$0] }
    }
    warnsAt = plan.warnsAt >= 0 ? min(plan.warnsAt, 1) : 0
    unknownZones = unknown.sorted()
  }

  /// Nil when the severity sets no time for it.
  package func target(of clock: TicketClock, for severity: Severity) -> Span? {
    targets[severity]?[clock].map { max($0, .zero) }
  }

  package func hours(for severity: Severity) -> WorkingHours { hours[severity] ?? .always }
}
