import Foundation
import Host
import Incidents
import Journal
import Testing
import Values

/// An engine writes which deadlines have passed: each once, whoever has the engine.
@Suite struct DeadlineEngineTests {
  private struct Overdue: Equatable {
    let name: String
    let event: Event
  }

  private func overdue(_ journal: Journal) throws -> [Overdue] {
    try journal.events(after: 0, limit: 10_000).compactMap { event in
      event.fact(ClockOverdue.self).map { Overdue(name: "\(event.incident ?? "") \($0.clock)", event: event) }
    }
  }

  private func declare(_ journal: Journal, _ clocks: [(String, Span)], ago: Span) throws {
    var plan = IncidentPlan()
    plan.clocks = clocks.map { .init(name: $0.0, after: $0.1) }
    var act = DeclareIncident(systems: ["shop"], severity: .s1, title: "Nobody can order", plan: plan)
    act.started = Clock.now() - ago
    try journal.perform(act, by: TestFolder.actor, at: Clock.now())
  }

  @Test func eachIsWrittenOnceOverRestarts() throws {
    let folder = try TestFolder()
    let source = try folder.source("title: Shop\nendpoints: {a: {tcp: \"127.0.0.1:1\", every: 1h}}\n")
    let journal = try folder.journal()
    // One passed while nobody was here, one passes while somebody is, and one does not.
    try declare(
      journal, [("mitigate", .minutes(15)), ("resolve", .minutes(20) + .seconds(2)), ("later", .hours(9))],
      ago: .minutes(20))
    // Of one that is over a follow-up is left.
    try declare(journal, [], ago: .minutes(1))
    try journal.perform(
      ChangeStatus(
        incident: "INC-2", to: .resolved, dataLost: "no",
        followUps: [.init(title: "Postmortem", after: .seconds(1))]),
      by: TestFolder.actor, at: Clock.now())
    for (turn, expected) in [(1, 3), (2, 4), (3, 5)] {
      if turn > 1 {
        // What an engine writes for this shows that it has looked at the others, too.
        try declare(journal, [("mitigate", .minutes(1))], ago: .minutes(2))
      }
      let scribe = Scribe(journal)
      let succession = Succession(
        journal: journal, scribe: scribe, sources: [source], version: "t", mayPoll: true
      ) { _ in }
      defer {
        succession.stop()
        scribe.stop()
      }
      _ = try Condition.wait(for: "\(expected) deadlines in turn \(turn)") {
        try overdue(journal).count >= expected ? true : nil
      }
    }
    let all = try overdue(journal)
    #expect(
      all.map(\.name).sorted() == [
        "INC-1 mitigate", "INC-1 resolve", "INC-2 follow_up:Postmortem", "INC-3 mitigate", "INC-4 mitigate",
      ])
    for one in all {
      let due = try #require(one.event.fact(ClockOverdue.self)).due
      #expect(one.event.occurred == due && one.event.recorded >= due, "\(one.name) is early")
      #expect(one.event.actor.isEngine)
    }
  }

  /// How long after its instant each is written: the largest is printed, and only what no machine may get wrong is
  /// asserted.
  @Test func eachIsWrittenInItsOrderAndNoneEarly() throws {
    let folder = try TestFolder()
    let source = try folder.source("title: Shop\nendpoints: {a: {tcp: \"127.0.0.1:1\", every: 1h}}\n")
    let journal = try folder.journal()
    let scribe = Scribe(journal)
    let succession = Succession(
      journal: journal, scribe: scribe, sources: [source], version: "t", mayPoll: true
    ) { _ in }
    defer {
      succession.stop()
      scribe.stop()
    }
    // The engine is at work once it has written that this one passed.
    try declare(journal, [("mitigate", .minutes(1))], ago: .minutes(2))
    _ = try Condition.wait(for: "the engine to look", patience: .seconds(60)) {
      try overdue(journal).isEmpty ? nil : true
    }
    let clocks = (0..<20).map { ("clock \($0)", Span.seconds(3) + .milliseconds(170) * Int64($0)) }
    try declare(journal, clocks, ago: .zero)
    let written = try Condition.wait(for: "all of them to be written", patience: .seconds(60)) {
      () throws -> [Overdue]? in
      let all = try overdue(journal).filter { $0.name.hasPrefix("INC-2 ") }
      return all.count >= clocks.count ? all : nil
    }
    #expect(written.map(\.name) == clocks.map { "INC-2 \($0.0)" }, "in the order in which they are due")
    var lateness: [Span] = []
    for one in written {
      let due = try #require(one.event.fact(ClockOverdue.self)).due
      #expect(one.event.recorded >= due && one.event.occurred == due, "\(one.name) is early")
      lateness.append(one.event.recorded - due)
    }
    let all = lateness.map(\.milliseconds).sorted()
    print("\(all.count) deadlines were written \(all.first ?? 0) to \(all.last ?? 0) ms after their instants")
  }
}
