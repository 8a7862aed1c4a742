import Foundation
import TestSupport
import Testing

/// Heartbeats and pages that are pushed: by HTTP and over the socket, until they stop.
@Suite(.serialized) struct PushTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      every: 1s
      endpoints:
        dump: {push: 3s, labels: {tier: core}}
        nightly: {push: 26h}
        safe: {push: 1h, bearer: "${TOKEN}"}
      secrets: {TOKEN: }
      """, to: "playbooks/shop/system.yaml")
  }

  private func agent(_ name: String) throws -> AgentProcess {
    try AgentProcess(sandbox, name, ["--listen", "127.0.0.1:0"], environment: ["TOKEN": "s3cret-token"])
  }

  private func trust() throws {
    let outcome = try Binary.run(
      ["trust", "--yes", sandbox.path + "/playbooks/shop"],
      environment: sandbox.environment.merging(["TOKEN": "s3cret-token"]) { $1 })
    #expect(outcome.status == 0, "\(outcome.err)")
  }

  private func query(_ expression: String) throws -> String {
    try sandbox.midwatch("query", expression, "shop").out
  }

  @Test func whatIsPushedIsSeriesUntilItStops() throws {
    try trust()
    let agent = try agent("a")
    let address = try agent.address()
    try agent.waitErr(for: "polling")
    let page = "rows 5\nsize_bytes{tier=\"x\"} 7"
    _ = try Condition.wait(for: "the push to be taken") {
      try Web.ask(address + "/push/shop/dump", "POST", headers: ["Content-Type": "text/plain"], body: page)?
        .status == 204
        ? true : nil
    }
    try agent.waitOut(for: "endpoint up shop dump")
    _ = try Condition.wait(for: "its series") {
      let found = try query("{job=\"dump\"}")
      return found.contains("rows{instance=\"dump\", job=\"dump\", tier=\"core\"} 5")
        && found.contains("exported_tier=\"x\"") ? true : nil
    }
    // Then it stops.
    try agent.waitOut(for: "endpoint down shop dump nothing was pushed for ")
    _ = try Condition.wait(for: "its series to end") { try query("rows").isEmpty ? true : nil }
    #expect(try query("probe_success{job=\"dump\"}").hasSuffix(" 0\n"))
    #expect(try query("push_time_seconds{job=\"dump\"} > 1.7e9").contains("push_time_seconds"))
    // A heartbeat over the socket brings it back, without its series.
    #expect(try sandbox.midwatch("push", "shop", "dump").status == 0)
    _ = try Condition.wait(for: "it to be up again") {
      agent.out.components(separatedBy: "endpoint up shop dump").count == 3 ? true : nil
    }
    #expect(try query("rows").isEmpty)
    #expect(agent.end() == 0)
  }

  @Test func whatIsWrongIsRefusedWithASentence() throws {
    try trust()
    let agent = try agent("a")
    let address = try agent.address()
    _ = try Condition.wait(for: "the folder") {
      try Web.ask(address + "/push/shop/nightly", "PUT")?.status == 204 ? true : nil
    }
    let bad = try Web.ask(
      address + "/push/shop/nightly", "POST", headers: ["Content-Type": "text/plain"], body: "rows 5\nrows{\n"
    )
    #expect(bad?.status == 400 && bad?.body.hasPrefix("Line 2 of what was pushed: ") == true, "\(bad as Any)")
    #expect(try Web.ask(address + "/push/shop/nobody", "POST")?.status == 404)
    #expect(try Web.ask(address + "/push/nobody/dump", "POST")?.status == 404)
    #expect(try Web.ask(address + "/push/shop/safe", "POST")?.status == 401)
    let token = try Web.ask(
      address + "/push/shop/safe", "POST", headers: ["Authorization": "Bearer s3cret-token"])
    #expect(token?.status == 204)
    try sandbox.write("rows {\n", to: "bad.prom")
    let verb = try sandbox.midwatch("push", "shop", "nightly", "--file", "bad.prom")
    #expect(verb.status == 1 && verb.err.contains("Line 1 of what was pushed: "), "\(verb.err)")
    try sandbox.write("rows 9\n# EOF\n", to: "good.om")
    #expect(try sandbox.midwatch("push", "shop", "nightly", "--openmetrics", "--file", "good.om").status == 0)
    #expect(try sandbox.midwatch("push", "shop", "nightly", "--file", "absent").status == 1)
    #expect(agent.end() == 0)
    let alone = try sandbox.midwatch("push", "shop", "nightly")
    #expect(alone.status == 1 && alone.err.contains("No engine runs on "), "\(alone.err)")
  }

  @Test func aRestartForgetsNoPush() throws {
    try trust()
    let first = try agent("first")
    let address = try first.address()
    _ = try Condition.wait(for: "the push to be taken") {
      try Web.ask(
        address + "/push/shop/nightly", "POST", headers: ["Content-Type": "text/plain"], body: "rows 5\n")?
        .status == 204
        ? true : nil
    }
    try first.waitOut(for: "endpoint up shop nightly")
    let time = try query("push_time_seconds{job=\"nightly\"}")
    kill(first.child.id, SIGKILL)
    let second = try agent("second")
    _ = try Condition.wait(for: "the same time, and its series") {
      try query("push_time_seconds{job=\"nightly\"}") == time && query("rows").hasSuffix(" 5\n") ? true : nil
    }
    // What was lost is not known, and nobody says that it is down.
    #expect(second.end() == 0)
    for suffix in ["", "-wal", "-shm"] { unlink(sandbox.path + "/state/metrics.db" + suffix) }
    let third = try agent("third")
    _ = try Condition.wait(for: "it to be unknown") {
      try sandbox.midwatch("check").out.contains(
        try Regex(#"unknown +shop +nightly .*nothing was pushed yet in"#)) ? true : nil
    }
    #expect(third.end() == 0)
    #expect(!(first.out + second.out + third.out).contains("endpoint down shop nightly"))
  }
}
