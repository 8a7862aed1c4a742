import Foundation
import TestSupport
import Testing

/// Several processes on one journal: one polls, all see all, and the engine's place is taken when it dies.
@Suite(.serialized) struct SeveralProcessesTests {
  private let sandbox: Sandbox
  private let port: UInt16

  init() throws {
    sandbox = try Sandbox()
    port = try Server.freePort()
    try sandbox.write(
      """
      title: Shop
      every: 1s
      endpoints:
        health: {http: "http://127.0.0.1:\(port)/health"}
      """, to: "playbooks/shop/system.yaml")
  }

  private func console() throws -> Screen {
    try Screen(width: 100, height: 30, environment: sandbox.environment, [Binary.path])
  }

  @Test func onePollsAllSeeAllAndTheNextTakesOver() throws {
    let first = try console()
    try first.expect("● PAGE  EndpointDown")
    let second = try console()
    try second.expect("● PAGE  EndpointDown")
    try second.expect("✖ down")

    // Ten notes at once, from ten processes.
    let environment = sandbox.environment
    let group = DispatchGroup()
    for number in 0..<10 {
      DispatchQueue.global().async(group: group) {
        let outcome = try? Binary.run(["note", "note number \(number)"], environment: environment)
        #expect(outcome?.status == 0, "\(outcome?.err ?? "")")
      }
    }
    group.wait()
    for screen in [first, second] { try screen.expect("⛓ ") }
    let count = try journalCount()
    // journal.opened, engine.took, system.loaded, endpoint down, alert fired, ten notes.
    #expect(count >= 15)
    for screen in [first, second] { try screen.expect("⛓ \(count) ", seconds: 10) }

    // The first dies; the second polls within five seconds, and sees the server that begins now.
    #expect(kill(try first.process(named: "midwatch"), SIGKILL) == 0)
    try first.expect("[ended with 137]")
    let counter = try CountingServer(step: 1, port: port)
    defer { counter.stop() }
    try second.expect("✓ up", seconds: 10)
    _ = try Condition.wait(for: "the end of the alert", seconds: 10) {
      let alerts = try sandbox.midwatch("alerts", "--format", "json")
      let document = try JSONSerialization.jsonObject(with: Data(alerts.out.utf8)) as? [String: Any]
      return (document?["alerts"] as? [Any])?.isEmpty == true ? true : nil
    }
    let verified = try sandbox.midwatch("journal", "verify")
    #expect(verified.status == 0, "\(verified.out)")
    // Every transition is there, and once.
    let kinds = try kindsOfEvents()
    #expect(kinds["alert.fired"] == 1 && kinds["alert.resolved"] == 1, "\(kinds)")
    #expect(kinds["endpoint.changed"] == 2 && kinds["note.added"] == 10, "\(kinds)")
    #expect(kinds["engine.took"] == 2, "\(kinds)")
    try second.press("q")
    try second.expect("[ended with 0]")
  }

  /// How many events of each kind the journal has.
  private func kindsOfEvents() throws -> [String: Int] {
    let timeline = try sandbox.midwatch("timeline", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(timeline.out.utf8)) as? [String: Any]
    let events = try #require(document?["events"] as? [[String: Any]], "\(timeline.err)")
    return events.reduce(into: [:]) { kinds, event in kinds[event["kind"] as? String ?? "", default: 0] += 1 }
  }

  /// How many events the journal has.
  private func journalCount() throws -> Int {
    let verified = try sandbox.midwatch("journal", "verify")
    let number = verified.out.split { !$0.isNumber }.first.flatMap { Int($0) }
    return try #require(number, "\(verified.out)")
  }
}
