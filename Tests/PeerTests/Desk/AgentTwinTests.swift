import Foundation
import TestSupport
import Testing

/// The agent as an operator starts it keeps two houses alike while the network drops requests and answers, and
/// while it is killed itself.
@Suite(
  .serialized, .enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
struct AgentTwinTests {
  private struct Row: Decodable {
    let key: String
    let subject: String
    let comments: Int
    let unsent: Int?
  }

  private struct Queue: Decodable { let tickets: [Row] }

  private func rows(_ midwatch: Midwatch) throws -> [Row] {
    let outcome = try midwatch.run("ticket", "list", "--all", "--format", "json")
    return try JSONDecoder().decode(Queue.self, from: Data(outcome.out.utf8)).tickets
  }

  private func agent(_ midwatch: Midwatch, _ name: String) throws -> Child {
    try Child(
      Midwatch.binary, ["agent"], environment: midwatch.environment,
      files: ("\(midwatch.path)/\(name).out", "\(midwatch.path)/\(name).err"))
  }

  @Test(.timeLimit(.minutes(10))) func nothingIsLostAndNothingDoubled() throws {
    let house = try House()
    for number in 1...4 {
      try house.act(
        #"{"subject": "No \#(number)", "text": "Help \#(number)", "requester": "eve@example.com"}"#)
    }
    let midwatch = try Midwatch(TwinDesk.callable(house.url, "    knows_keys: true") + "\n")
    try midwatch.trust()
    var child = try agent(midwatch, "first")
    defer { child.end() }
    _ = try Condition.wait(for: "four tickets") { try rows(midwatch).count == 4 ? true : nil }

    try house.trouble(#"{"seed": 11, "share": 0.4}"#)
    var wanted: [String: [String]] = [:]
    for round in 1...6 {
      for number in 1...4 {
        let text = "answer \(round) to \(number)"
        wanted["cg\(number)", default: []].append(text)
        let outcome = try midwatch.run("ticket", "comment", "T-\(number)", "--public", "--yes", text)
        #expect(outcome.status == 0, "\(outcome.err)")
      }
      // In the middle of it, as whatever was under way finds it.
      if round == 2 || round == 4 {
        kill(child.id, SIGKILL)
        _ = child.wait()
        child = try agent(midwatch, "after\(round)")
      }
    }
    try house.act(#"{"ticket": "cg2", "comment": "It works now", "customer": "eve"}"#)

    _ = try Condition.wait(for: "everything to be told", seconds: 240) {
      let there = try house.state()
      let isTold = wanted.allSatisfy { key, texts in
        let said = there.first { $0.id == key }?.comments.map(\.message) ?? []
        return Set(texts).isSubset(of: said)
      }
      let isHeard = try midwatch.run("ticket", "show", "T-2").out.contains("It works now")
      return isTold && isHeard ? true : nil
    }
    try house.trouble(#"{"seed": 1, "share": 0.0}"#)
    for ticket in try house.state() {
      let said = ticket.comments.map(\.message)
      #expect(said.count == Set(said).count, "\(ticket.id) says something twice: \(said)")
    }
    // A few more rounds with a network that works: what we wrote does not come back to us.
    let before = try house.state().map(\.comments.count)
    try house.act(#"{"ticket": "cg3", "comment": "last", "customer": "eve"}"#)
    _ = try Condition.wait(for: "the last word") {
      try midwatch.run("ticket", "show", "T-3").out.contains("last") ? true : nil
    }
    #expect(try rows(midwatch).count == 4)
    #expect(try rows(midwatch).sorted { $0.key < $1.key }.map(\.comments) == [7, 8, 8, 7])
    #expect(
      try house.state().map(\.comments.count)
        == before.enumerated().map { $0.offset == 2 ? $0.element + 1 : $0.element })
    #expect(try midwatch.run("journal", "verify").status == 0)
  }
}
