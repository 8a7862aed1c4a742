import Foundation
import TestSupport
import Testing

/// The agent: no screen, one line for each transition, and a clean end.
@Suite(.serialized) struct AgentTests {
  private let sandbox: Sandbox
  private let server: CountingServer

  init() throws {
    sandbox = try Sandbox()
    server = try CountingServer(step: 5)
    try sandbox.write(
      """
      title: Shop
      every: 1s
      endpoints:
        steps: {scrape: "http://127.0.0.1:\(server.port)/metrics"}
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      groups:
        - name: shop
          rules:
            - {alert: Moving, expr: "steps_total > 10", labels: {severity: warning}}
      """, to: "playbooks/shop/rules.yaml")
  }

  private func agent(_ name: String, _ arguments: String...) throws -> Child {
    try Child(
      Binary.path, ["agent"] + arguments, environment: Sandbox.clean.merging(sandbox.environment) { $1 },
      files: (out: file(name, "out"), err: file(name, "err")))
  }

  private func file(_ name: String, _ kind: String) -> String { "\(sandbox.path)/\(name).\(kind)" }

  private func text(_ name: String, _ kind: String) -> String {
    String(decoding: FileManager.default.contents(atPath: file(name, kind)) ?? Data(), as: UTF8.self)
  }

  private func wait(_ name: String, _ kind: String, for part: String) throws {
    _ = try Condition.wait(for: "\(part) in \(name).\(kind): \(text(name, kind))") {
      text(name, kind).contains(part) ? true : nil
    }
  }

  @Test func itPrintsTransitionsAndASignalEndsIt() throws {
    defer { server.stop() }
    let child = try agent("a")
    try wait("a", "out", for: "WARN firing Moving shop")
    #expect(text("a", "out").contains("endpoint up shop steps"))
    #expect(text("a", "err").contains("polling 1 system as epoch 1"))
    let report = try sandbox.midwatch("info", "--format", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(report.out.utf8)) as? [String: Any], "\(report.err)")
    let engine = try #require(document["engine"] as? [String: Any], "\(report.out)")
    let figures = engine["figures"] as? [String: Any]
    let systems = figures?["systems"] as? [[String: Any]] ?? []
    #expect(systems.map { $0["system"] as? String } == ["shop"])
    let groups = systems.first?["groups"] as? [[String: Any]] ?? []
    #expect(
      groups.contains { $0["name"] as? String == "shop" && ($0["took"] as? Double ?? 0) > 0 }, "\(groups)")
    #expect(groups.allSatisfy { $0["missed"] as? Int == 0 })
    #expect(
      try sandbox.midwatch("check").out.contains("Moving"), "the socket answers though nobody looked before")
    server.stop()
    try wait("a", "out", for: "endpoint down shop steps")
    #expect(kill(child.id, SIGTERM) == 0)
    #expect(child.wait() == 0)
    #expect(text("a", "err").contains("stopped"))
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func aGroupThatCannotKeepUpIsNamed() throws {
    defer { server.stop() }
    // The engine takes turns that are further apart than this.
    try sandbox.write(
      "groups: [{name: hasty, interval: 1ms, rules: [{record: one, expr: vector(1)}]}]\n",
      to: "playbooks/shop/rules.yaml")
    let child = try agent("late")
    try wait("late", "out", for: "endpoint up")
    let info = try Condition.wait(for: "iterations to be missed") {
      let out = try sandbox.midwatch("info").out
      return try out.contains(
        Regex(#"hasty +1 rules? every .*, [1-9][0-9]* evaluations, [1-9][0-9]* missed"#))
        ? out : nil
    }
    #expect(try info.contains(Regex(#"endpoints .* 0 missed"#)), "the others are in time: \(info)")
    let late = try Regex(#"late +shop +group hasty +[1-9][0-9]* missed +of [1-9][0-9]* evaluations"#)
    for arguments in [["check"], ["--plain"]] {
      let told = try Condition.wait(for: "\(arguments) to name it") {
        let outcome = try Binary.run(arguments, environment: sandbox.environment)
        #expect(outcome.status == 0, "\(outcome.err)")
        return outcome.out.contains(late) ? outcome.out : nil
      }
      #expect(!told.contains("group endpoints"), "\(told)")
    }
    #expect(kill(child.id, SIGTERM) == 0)
    #expect(child.wait() == 0)
  }

  @Test func theSecondWaitsAndTakesOver() throws {
    defer { server.stop() }
    let first = try agent("first")
    try wait("first", "err", for: "polling")
    let second = try agent("second", "--format", "json")
    try wait("second", "out", for: "holds the engine lock; waiting to take over")
    #expect(kill(first.id, SIGKILL) == 0)
    try wait("second", "out", for: "\"state\":\"polling\"")
    #expect(kill(second.id, SIGINT) == 0)
    #expect(second.wait() == 0)
    let lines = text("second", "out").split(separator: "\n")
    let documents = lines.compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
    }
    #expect(documents.count == lines.count && documents.allSatisfy { $0["schema"] is String })
    #expect(text("second", "err").isEmpty)
  }

  @Test func itEndsByItselfAndRefusesNonsense() throws {
    defer { server.stop() }
    let bounded = try sandbox.midwatch("agent", "--for", "2s")
    #expect(bounded.status == 0 && bounded.out.contains("endpoint up shop steps"), "\(bounded.err)")
    #expect(try sandbox.midwatch("agent", "--for", "soon").status == 64)
    #expect(try sandbox.midwatch("agent", "nobody").status == 1)
  }
}
