import Foundation
import TestSupport
import Testing

/// The agent tells which clocks of tickets run out, where a delivery has `on`: once each, over deaths and floods.
@Suite(.serialized) struct AgentReminderTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      every: 1s
      endpoints: {beat: {push: 1h, every: 1s}}
      severities:
        S1: {mitigate: 1s, resolve: 5h}
        S2: {respond: 4h}
      deliveries:
        log: {file: "\(sandbox.path)/told.txt", on: page}

      """, to: "playbooks/shop/system.yaml")
    #expect(try sandbox.midwatch("trust", "--yes", sandbox.path + "/playbooks/shop").status == 0)
  }

  private func open(_ subject: String) throws {
    let opened = try sandbox.midwatch(
      "ticket", "open", "--system", "shop", "--requester", "Eve Adams", "--severity", "S1", "--text",
      "Card 4929 1234.", subject)
    try #require(opened.status == 0, "\(opened.err)")
  }

  private var told: String {
    let file = FileManager.default.contents(atPath: sandbox.path + "/told.txt")
    return String(decoding: file ?? Data(), as: UTF8.self)
  }

  private func entries(about part: String) -> Int {
    told.components(separatedBy: "\n## ").filter { $0.contains(part) }.count
  }

  @Test func eachIsToldOnceOverADeath() throws {
    let first = try AgentProcess(sandbox, "first")
    try first.waitErr(for: "polling")
    try open("Cannot pay")
    try first.waitOut(for: "ticket T-1 S1 mitigate is overdue since ")
    _ = try Condition.wait(for: "the entry in \(told)") {
      entries(about: "T-1 S1 Cannot pay: mitigate is overdue since") == 1 ? true : nil
    }
    #expect(first.end(by: SIGKILL) != 0)
    try open("Cannot log in")
    let second = try AgentProcess(sandbox, "second")
    try second.waitOut(for: "ticket T-2 S1 mitigate is overdue since ")
    _ = try Condition.wait(for: "the entry in \(told)") {
      entries(about: "T-2 S1 Cannot log in: mitigate is overdue since") == 1 ? true : nil
    }
    #expect(second.end() == 0)
    #expect(entries(about: "T-1 S1 Cannot pay: mitigate is overdue since") == 1, "\(told)")
    #expect(!second.out.contains("T-1"), "\(second.out)")
    for secret in ["4929", "Eve"] { #expect(!told.contains(secret), "\(told)") }
    let shown = try sandbox.midwatch("ticket", "show", "T-1")
    #expect(shown.out.contains("; told log"), "\(shown.out)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func aFloodIsOneNotice() throws {
    var rows = "id,subject,requester,severity,state,opened\n"
    for number in 1...60 {
      rows += "z\(number),Old request \(number),eve,S1,open,2026-01-05T09:00:00Z\n"
    }
    try sandbox.write(rows, to: "old.csv")
    let taken = try sandbox.midwatch("ticket", "import", "old.csv", "--system", "shop", "--source", "zd")
    try #require(taken.status == 0, "\(taken.out) \(taken.err)")
    let agent = try AgentProcess(sandbox, "a")
    try agent.waitOut(for: "tickets: clocks of 60 are due soon or overdue")
    _ = try Condition.wait(for: "the entry") { told.contains("shop: 60 tickets: 60 overdue") ? true : nil }
    #expect(agent.end() == 0)
    #expect(told.components(separatedBy: "\n## ").count == 2, "one entry: \(told)")
    #expect(!agent.out.contains("ticket T-"), "\(agent.out)")
  }
}
