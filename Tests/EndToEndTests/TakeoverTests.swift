import Foundation
import TestSupport
import Testing

/// The agent dies while consoles are attached: one of them goes on, and the journal tells the story once.
@Suite(.serialized) struct TakeoverTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// What the journal holds of endpoints and alerts, in order: `endpoint.changed shop page is up`.
  private func transitions() throws -> [String] {
    let timeline = try sandbox.midwatch("timeline", "--format", "json")
    // Before the first engine began there is no journal, and nothing to tell.
    let document = try? JSONSerialization.jsonObject(with: Data(timeline.out.utf8)) as? [String: Any]
    let events = document?["events"] as? [[String: Any]] ?? []
    return events.compactMap { event in
      guard let kind = event["kind"] as? String, kind.hasPrefix("endpoint.") || kind.hasPrefix("alert.")
      else { return nil }
      let text = event["text"] as? String ?? ""
      return "\(kind) \(text.prefix { $0 != ":" })"
    }
  }

  private func kinds() throws -> [String: Int] {
    try transitions().reduce(into: [:]) { kinds, text in
      kinds[String(text.prefix { $0 != " " }), default: 0] += 1
    }
  }

  @Test func aConsoleGoesOnWhereTheAgentWasKilled() throws {
    let port = try Server.freePort()
    var server: CountingServer? = try CountingServer(step: 1, port: port)
    defer { server?.stop() }
    try sandbox.write(
      "title: Shop\nevery: 1s\nendpoints: {page: {scrape: \"http://127.0.0.1:\(port)/metrics\"}}\n",
      to: "playbooks/shop/system.yaml")
    let agent = try AgentProcess(sandbox, "agent")
    try agent.waitOut(for: "endpoint up shop page")
    let screens = try (0..<3).map { _ in
      try Screen(width: 100, height: 30, environment: sandbox.environment, [Binary.path])
    }
    for screen in screens { try screen.expect("✓ up") }

    // It changes just before, while nobody polls, and just after.
    server?.stop()
    try agent.waitOut(for: "endpoint down shop page")
    for screen in screens { try screen.expect("● PAGE  EndpointDown") }
    kill(agent.child.id, SIGKILL)
    server = try CountingServer(step: 1, port: port)
    #expect(agent.child.wait() == -SIGKILL)
    // The one that took over says so with a higher epoch, and all of them see what it sees.
    let engines = try Condition.wait(for: "another engine", seconds: 5) {
      let info = try sandbox.midwatch("info").out
      return info.contains("epoch 2") ? info : nil
    }
    #expect(!engines.contains("process \(agent.child.id),"))
    for screen in screens { try screen.expect("✓ up", seconds: 10) }
    for screen in screens { try screen.expectNo("● PAGE  EndpointDown") }
    server?.stop()
    for screen in screens { try screen.expect("● PAGE  EndpointDown", seconds: 10) }

    let wanted = ["endpoint.changed": 4, "alert.fired": 2, "alert.resolved": 1]
    _ = try Condition.wait(for: "all transitions") { try kinds()["alert.fired"] == 2 ? true : nil }
    // up (of the agent), down, up, down (of the console): each once, none between.
    let found = try kinds()
    let told = try transitions()
    #expect(found == wanted, "\(told)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
    for screen in screens {
      try screen.press("q")
      try screen.expect("[ended with 0]")
    }
  }

  /// It flaps while engines come and go: what the journal says alternates, whoever wrote it.
  @Test func noTransitionIsLostOrToldTwiceOverManyTakeovers() throws {
    let port = try Server.freePort()
    try sandbox.write(
      "title: Shop\nevery: 1s\nendpoints: {page: {scrape: \"http://127.0.0.1:\(port)/metrics\"}}\n",
      to: "playbooks/shop/system.yaml")
    var agents = try (0..<2).map { try AgentProcess(sandbox, "agent\($0)") }
    for round in 0..<6 {
      let server = round % 2 == 0 ? try CountingServer(step: 1, port: port) : nil
      defer { server?.stop() }
      let state = server == nil ? "down" : "up"
      _ = try Condition.wait(for: "round \(round) to be \(state)") {
        try transitions().last { $0.hasPrefix("endpoint.changed") }
          == "endpoint.changed shop page is \(state)"
          ? true : nil
      }
      let holder = try Condition.wait(for: "one that holds the lock") {
        let info = try sandbox.midwatch("info").out
        return agents.firstIndex { info.contains("process \($0.child.id),") }
      }
      kill(agents[holder].child.id, SIGKILL)
      _ = agents[holder].child.wait()
      agents[holder] = try AgentProcess(sandbox, "agent\(round + 2)")
    }
    for agent in agents {
      // One that has just begun does not hear signals yet.
      _ = try Condition.wait(for: "it to say what it does") { agent.err.isEmpty ? nil : true }
      #expect(agent.end() == 0)
    }
    let states = try transitions().filter { $0.hasPrefix("endpoint.changed") }
    let alternates = zip(states, states.dropFirst()).allSatisfy { $0 != $1 }
    #expect(alternates && states.count >= 6, "\(states)")
    let alerts = try transitions().filter { $0.hasPrefix("alert.") }
    #expect(zip(alerts, alerts.dropFirst()).allSatisfy { $0 != $1 }, "\(alerts)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }
}
