import Comms
import Foundation
import Incidents
import Playbooks
import TestSupport
import Testing
import Values

@testable import Retro

/// A thousand incidents, some with entries in the wrong order, against numpy.
@Suite struct StatisticsOracleTests {
  /// Debian's, for which `scripts/setup test` installs numpy; another one on the PATH need not have it.
  private static let python = "/usr/bin/python3"

  private static let hasOracle =
    (try? Child.run(python, ["-c", "import numpy"], environment: [:]))?.status == 0

  private struct Case: Encodable {
    var severity: String
    var system: String
    /// Milliseconds since the epoch, by key time.
    var moments: [String: Int64]
  }

  private struct Answer: Decodable {
    struct Row: Decodable {
      let system: String?
      let severity: String?
      let measure: String
      let count: Int
      let least: Double
      let median: Double
      let p90: Double
      let most: Double
    }
    let rows: [Row]
    let wrong: Int
  }

  private static func cases(_ count: Int) -> [Case] {
    var generator = SplitMix64(seed: 20_261_122)
    return (0..<count).map { index in
      let start = 1_760_000_000_000 + Int64(index) * 3_600_000
      func after(_ most: Int64) -> Int64 {
        // One in sixteen lies before the start: a wrong entry.
        let span = Int64.random(in: 0...most, using: &generator)
        return Int.random(in: 0..<16, using: &generator) == 0 ? start - 1 - span / 8 : start + span
      }
      var moments = ["started": start, "declared": after(900_000)]
      for (name, most) in [("first_update", 2_400_000), ("mitigated", 7_200_000), ("resolved", 20_000_000)]
      where Int.random(in: 0..<5, using: &generator) > 0 {
        moments[name] = after(Int64(most))
      }
      // An alert of before the start detects nothing.
      if Int.random(in: 0..<4, using: &generator) > 0 {
        moments["detected"] = start + Int64.random(in: 0...600_000, using: &generator)
      }
      moments["acknowledged"] = after(800_000)
      return Case(
        severity: Severity.allCases.randomElement(using: &generator)?.rawValue ?? "S1",
        system: ["ensei-packs", "nova-rms", "fluxori"].randomElement(using: &generator) ?? "",
        moments: moments)
    }
  }

  /// The events that have these moments, and nothing else that would.
  private static func report(_ one: Case, number: Int) -> IncidentReport {
    var events: [Event] = []
    func add(_ kind: String, _ body: String, _ moment: String, ofIncident: Bool = true) {
      guard let at = one.moments[moment] else { return }
      events.append(
        Event(
          origin: "00", seq: Int64(number * 10 + events.count), id: "e\(number)-\(events.count)", kind: kind,
          version: 1, occurred: Instant(milliseconds: at), ended: nil, recorded: Instant(milliseconds: at),
          actor: Actor(handle: "ops1", host: "jump2", uid: 1000),
          incident: ofIncident ? "INC-\(number)" : nil,
          ticket: nil, body: Array(body.utf8)))
    }
    let started = Instant(milliseconds: one.moments["started"] ?? 0).rfc3339
    add(
      IncidentDeclared.kind,
      """
      {"number":\(number),"systems":["\(one.system)"],"severity":"\(one.severity)","title":"t",
       "started":"\(started)","clocks":[],"escalation":[],"cadence":[]}
      """, "declared")
    add(
      AlertFired.kind,
      """
      {"system":"\(one.system)","rule":"R","labels":{},"level":"page","active_at":"\(started)"}
      """, "detected", ofIncident: false)
    add(IncidentRoleTaken.kind, "{\"role\":\"commander\",\"who\":\"ops1\"}", "acknowledged")
    add(
      UpdateSent.kind,
      """
      {"draft":"D-1","audience":"users","stage":"Investigating","text":"t","destinations":[],"head":"9·aa",
       "how":"hand"}
      """, "first_update")
    add(IncidentStatusChanged.kind, "{\"to\":\"Monitoring\"}", "mitigated")
    add(IncidentStatusChanged.kind, "{\"to\":\"Resolved\",\"data_lost\":\"no\"}", "resolved")
    var incident = Incident(key: "INC-\(number)")
    // A journal folds in the order of its numbers: what was resolved is resolved last.
    for event in events where event.incident != nil { incident.apply(event) }
    return IncidentReport(
      incident, events: events, stamp: .init(journal: "main", origin: "00", count: 1, head: "aa"),
      zone: .init(offset: 0, name: "UTC"), made: Instant(milliseconds: 1_790_000_000_000))
  }

  @Test(.enabled(if: hasOracle, "/usr/bin/python3 has no numpy: make test installs it"))
  func agreesWithNumpy() throws {
    let cases = Self.cases(1000)
    let statistics = RetroStatistics(
      cases.enumerated().map { Self.report($1, number: $0 + 1) }, runs: [], transitions: [],
      until: Instant(milliseconds: 1_790_000_000_000))
    #expect(statistics.incidents.count == 1000)

    let place = NSTemporaryDirectory() + "midwatch-oracle-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let lines = try cases.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    try lines.joined(separator: "\n").write(toFile: place + "/cases", atomically: true, encoding: .utf8)
    let oracle = String(#filePath.dropLast("StatisticsOracleTests.swift".count)) + "oracle.py"
    let outcome = try Child.run(
      "/bin/sh", ["-c", "\"$1\" \"$2\" < \"$3\"", "sh", Self.python, oracle, place + "/cases"],
      environment: ProcessInfo.processInfo.environment)
    #expect(outcome.status == 0, "\(outcome.err)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.out.utf8))

    #expect(answer.wrong > 100 && statistics.disorder.count == answer.wrong)
    var seen = 0
    for row in answer.rows {
      let group = try #require(
        statistics.groups.first { $0.system == row.system && $0.severity?.rawValue == row.severity })
      let own = try #require(group.rows.first { $0.measure.rawValue == row.measure }?.distribution)
      #expect(own.count == row.count)
      #expect(own.least.milliseconds == Int64(row.least) && own.most.milliseconds == Int64(row.most))
      // Ours is rounded to the millisecond.
      #expect(abs(Double(own.median.milliseconds) - row.median) <= 0.5, "\(row)")
      #expect(abs(Double(own.p90.milliseconds) - row.p90) <= 0.5, "\(row)")
      #expect(own.points.allSatisfy { $0 >= .zero } && own.points == own.points.sorted())
      seen += 1
    }
    #expect(seen == statistics.groups.map(\.rows.count).reduce(0, +) && seen == 20 * Measure.allCases.count)
  }
}
