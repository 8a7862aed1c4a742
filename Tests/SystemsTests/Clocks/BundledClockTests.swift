import Foundation
import Incidents
import Systems
import Testing
import Values

/// What the documents promise, on a simulated clock: every nudge of a whole incident, as `Golden` has it.
@Suite struct BundledClockTests {
  /// Compares with a file; `MIDWATCH_GOLDEN=write` writes it, to be read by eye.
  private func expect(_ lines: [String], as name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name).txt")
    let text = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["MIDWATCH_GOLDEN"] == "write" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)), "\(name)")
  }

  /// "Update the public status page or customer comms every 15 minutes until resolved", "capture a postmortem within
  /// 24 hours", "S1: start mitigation within 15 minutes and close within 2 hours".
  @Test func novaIsToldEveryQuarterOfAnHourUntilResolved() throws {
    let night = try SimulatedIncident("nova-rms", .s1, at: "2026-11-21 03:00")
    try night.update("users", at: "2026-11-21 03:17")
    try night.update("users", at: "2026-11-21 03:30")
    try night.update("users", at: "2026-11-21 03:50", next: "2026-11-21 04:20")
    try night.perform(
      ChangeStatus(incident: "INC-1", to: .identified), at: "2026-11-21 04:00", "Identified")
    try night.update("users", at: "2026-11-21 04:25")
    try night.perform(
      ChangeStatus(incident: "INC-1", to: .monitoring), at: "2026-11-21 04:27", "Monitoring")
    try night.update("internal", at: "2026-11-21 04:44")
    try night.resolve(at: "2026-11-21 05:10")
    try night.run(until: "2026-12-31 00:00")
    try expect(night.lines, as: "nova-rms")
  }

  /// S2 is to be answered in an hour and S3 in four, which whoever declares does; both are told of every quarter.
  @Test(arguments: [Severity.s2, .s3, .s4])
  func novaAnswersByDeclaring(_ severity: Severity) throws {
    let night = try SimulatedIncident("nova-rms", severity, at: "2026-11-21 03:00")
    let incident = try #require(try night.record.entity(Incident.self, "INC-1"))
    let expected: [Severity: [Instant]] = [
      .s2: [try SimulatedIncident.instant("2026-11-21 04:00")],
      .s3: [try SimulatedIncident.instant("2026-11-21 07:00")],
    ]
    #expect(incident.clocks.map(\.due) == expected[severity, default: []])
    #expect(incident.clocks.allSatisfy { $0.met != nil })
    try night.run(until: "2026-11-21 09:00")
    // Every quarter until somebody writes; three hours after the first nobody is told any more.
    let told = try (0...12).map { quarter in
      let at = try SimulatedIncident.instant("2026-11-21 03:15") + .minutes(15) * Int64(quarter)
      return "\(at.dateClockUTC)  NUDGE update by 03:15Z\(quarter == 0 ? "" : ", again")"
    }
    #expect(Array(night.lines.dropFirst()) == told)
  }

  /// Levels at 0, 15 and 30 minutes; "immediate (within 1 hour)", "follow-up (within 24 hours)", "long-term (within 1
  /// week)".
  @Test func enseiHasItsLadderAndThreeHorizons() throws {
    let night = try SimulatedIncident("ensei-packs", .s1, at: "2026-11-21 03:00")
    try night.resolve(at: "2026-11-21 04:00")
    try night.run(until: "2026-12-31 00:00")
    try expect(night.lines, as: "ensei-packs")
  }

  @Test func enseiIsSilentWhereTheHorizonsAreKept() throws {
    let night = try SimulatedIncident("ensei-packs", .s2, at: "2026-11-21 03:00")
    try night.resolve(at: "2026-11-21 03:10")
    for (title, time) in [
      ("Within an hour", "2026-11-21 04:09"), ("Within a day", "2026-11-22 03:09"),
    ] {
      try night.perform(
        MeetDeadline(incident: "INC-1", clock: "follow_up:\(title)"), at: time, "\(title) done")
    }
    try night.perform(
      DismissDeadline(incident: "INC-1", clock: "follow_up:Within a week", reason: "a drill"),
      at: "2026-11-28 03:09", "Within a week dismissed")
    try night.run(until: "2026-12-31 00:00")
    #expect(!night.lines.contains { $0.contains("NUDGE") })
  }

  /// "Post-mortem if P1/P2": its names for S1 and S2, and nothing for the others.
  @Test func jambleOwesAPostMortemForItsFirstTwo() throws {
    var lines: [String] = []
    for severity in Severity.allCases {
      let night = try SimulatedIncident("jamble-inventory", severity, at: "2026-11-21 03:00")
      try night.resolve(at: "2026-11-21 04:00")
      try night.run(until: "2026-12-31 00:00")
      let name = night.folder.severity(severity)?.name ?? "?"
      lines += ["\(name):"] + night.lines.map { "  \($0)" }
    }
    try expect(lines, as: "jamble-inventory")
  }
}
