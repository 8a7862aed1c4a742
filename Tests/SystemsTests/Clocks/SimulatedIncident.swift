import Comms
import Incidents
import Systems
import TestSupport
import Testing
import Values

/// An incident of a folder that comes with midwatch, on a clock that goes from deadline to deadline. What people do
/// and what the engine writes stands in ``lines``.
final class SimulatedIncident {
  let record = MemoryRecord()
  let folder: SystemFolder
  private(set) var lines: [String] = []
  private var alarm = DeadlineAlarm()

  init(_ name: String, _ severity: Severity, at start: String) throws {
    folder = SystemFolder.load(try BundledFolder.folder(name), environment: [:]).folder
    let act = DeclareIncident(
      systems: [name], severity: severity, title: "Nobody can work", plan: folder.plan(for: severity))
    try record.perform(act, at: try Self.instant(start))
    tell(try Self.instant(start), "declared \(severity.rawValue)")
    try read()
  }

  static func instant(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339: "\(text.replacing(" ", with: "T")):00Z"))
  }

  /// What happens until somebody does that, and then that.
  func perform(_ act: some Act, at time: String, _ words: String) throws {
    let now = try Self.instant(time)
    try run(until: now)
    try record.perform(act, at: now)
    tell(now, words)
    try read()
  }

  func update(_ audience: String, at time: String, next: String? = nil) throws {
    let promise = try next.map { try Self.instant($0) }
    let words = "update to \(audience)\(promise.map { ", the next promised for \($0.minuteUTC)" } ?? "")"
    try perform(SentUpdate(audience: audience, next: promise), at: time, words)
  }

  func resolve(at time: String) throws {
    let severity = try #require(try record.entity(Incident.self, "INC-1")).severity
    let act = ChangeStatus(
      incident: "INC-1", to: .resolved, dataLost: "no", followUps: folder.plan(for: severity).followUps)
    try perform(act, at: time, "Resolved")
  }

  /// Rings whatever passes before `end` or then, and nothing a millisecond before its time.
  func run(until end: Instant) throws {
    while let next = alarm.next, next <= end {
      #expect(alarm.ring(at: next - .milliseconds(1)).isEmpty)
      for act in alarm.ring(at: next) {
        let deadline = try #require(
          try record.entity(Incident.self, "INC-1")?.deadline(act.clock, due: act.due))
        let events = try record.perform(act, by: "midwatch", at: next)
        #expect(events.map(\.occurred) == [act.again ?? act.due])
        tell(next, "NUDGE \(deadline.sentence)\(act.again == nil ? "" : ", again")")
      }
      try read()
    }
  }

  func run(until end: String) throws { try run(until: try Self.instant(end)) }

  private func read() throws {
    alarm = DeadlineAlarm([try record.entity(Incident.self, "INC-1")].compactMap { $0 })
  }

  private func tell(_ now: Instant, _ words: String) { lines.append("\(now.dateClockUTC)  \(words)") }

  /// What an incident reads of an update that went out.
  private struct SentUpdate: Act {
    struct Sent: Fact {
      static let kind = "update.sent"
      let audience: String
      let nextUpdate: Instant?
    }

    var audience: String
    var next: Instant?

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      Decision(append: [Entry(Sent(audience: audience, nextUpdate: next), at: now, incident: "INC-1")])
    }
  }
}
