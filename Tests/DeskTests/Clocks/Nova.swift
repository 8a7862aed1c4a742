import Incidents
import Values

@testable import Desk

/// Nova's desk: S1 and S2 at any hour, S3 in the hours of support, no clock for S4.
enum Nova {
  static func plan() throws -> ClockPlan {
    var plan = ClockPlan()
    plan.calendars = [
      try BusinessCalendar(
        "Europe/Paris", ["Mon-Fri 09:00-12:30", "Mon-Fri 13:30-18:00"], holidays: ["2026-12-25"])
    ]
    plan.targets = [
      .init(severity: .s1, mitigate: .minutes(15), resolve: .hours(2), calendar: "24x7"),
      .init(severity: .s2, respond: .hours(1), calendar: "24x7"),
      .init(severity: .s3, respond: .hours(4), calendar: "support"),
      .init(severity: .s4, calendar: "support"),
    ]
    plan.pauses = ["pending_user", "third_party", "incident"]
    return plan
  }

  static func terms(_ change: (inout ClockPlan) -> Void = { _ in }) throws -> ClockTerms {
    var plan = try plan()
    change(&plan)
    return ClockTerms(plan, zones: CaseMaker.known)
  }

  static func clocks(
    _ severity: Severity, from start: String, _ tell: (inout ClockHistory) throws -> Void = { _ in }
  ) throws -> TicketClocks {
    var history = ClockHistory(started: try Instant(start), severity: severity)
    try tell(&history)
    return TicketClocks(history, try terms())
  }
}

extension ClockHistory {
  mutating func pause(for why: String, _ from: String, _ until: String? = nil) throws {
    pause(for: why, at: try Instant(from))
    if let until { resume(from: why, at: try Instant(until)) }
  }

  mutating func meet(_ clock: TicketClock, _ at: String) throws { met[clock.rawValue] = try Instant(at) }
}
