import Foundation
import TestSupport
import Testing

/// Many tickets from the command line: taken in, changed at once, and counted alike wherever they are shown.
@Suite struct TicketIntakeVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      severities: {S3: {respond: 4h}}
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      title: Depot
      severities: {S3: {respond: 1h}}
      calendars: {night: {zone: UTC, hours: [Mon-Sun 00:00-01:00]}}
      tickets: {calendar: {S3: night}}
      """, to: "playbooks/depot/system.yaml")
  }

  private func ticket(
    _ words: [String], status: Int32 = 0, _ location: SourceLocation = #_sourceLocation
  ) throws -> Binary.Outcome {
    let outcome = try Binary.run(["ticket"] + words, environment: sandbox.environment, in: sandbox.path)
    #expect(outcome.status == status, "\(words): \(outcome.out)\(outcome.err)", sourceLocation: location)
    return outcome
  }

  private func document(_ words: [String]) throws -> [String: Any] {
    let outcome = try ticket(words + ["--format", "json"])
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
  }

  private func target(_ key: String) throws -> Int? {
    let ledgers = try document(["why", key])["ledgers"] as? [[String: Any]]
    return ledgers?.first?["target_seconds"] as? Int
  }

  @Test func eachCountsByItsOwnSystem() throws {
    let head = "id,system,subject,requester,text\n"
    let rows = ["1,depot,No pallets,Ada,none", "2,,Cannot pay,Bo,402", "3,shop,Slow,Cy,slow"]
    try sandbox.write(head + rows.joined(separator: "\n") + "\n4,nope,Lost,Di,gone\n", to: "a.csv")
    let words = ["import", "a.csv", "--source", "zd", "--system", "shop"]
    let refused = try ticket(words, status: 1)
    #expect(
      refused.err.contains("a.csv:5:1: there is no system \"nope\" here, so nobody knows its clocks; "),
      "\(refused.err)")
    #expect(refused.err.contains("Nothing was taken in"), "\(refused.err)")
    let partly = try ticket(words + ["--partial"], status: 1)
    #expect(
      partly.out.contains("3 were taken in") && partly.out.contains("1 mistakes in the file"), "\(partly.out)"
    )
    #expect(!partly.err.contains("\r"), "a pipe is no terminal")
    #expect(try [target("T-1"), target("T-2"), target("T-3")] == [3600, 14400, 14400])
    let systems = try (1...3).map { try document(["show", "T-\($0)"])["system"] as? String }
    #expect(systems == ["depot", "shop", "shop"])
  }

  /// A name that is a place or an option is no system.
  @Test func aSystemIsAName() throws {
    let names = ["../playbooks/depot", "--help", sandbox.path + "/playbooks/depot", "-"]
    let rows = names.enumerated().map { "\($0.offset),\($0.element),A,Ada,text\n" }
    try sandbox.write("id,system,subject,requester,text\n" + rows.joined(), to: "a.csv")
    let outcome = try ticket(["import", "a.csv", "--source", "zd"], status: 1)
    #expect(
      outcome.err.components(separatedBy: "there is no system").count == names.count + 1, "\(outcome.err)")
  }

  @Test func overIsWorkingTimeEverywhere() throws {
    let opened = Date(timeIntervalSinceNow: -10 * 86_400).formatted(.iso8601.year().month().day())
    try sandbox.write(
      "id,subject,requester,text,opened\n1,No pallets,Ada,none,\(opened)T00:00:00Z\n", to: "a.csv")
    _ = try ticket(["import", "a.csv", "--source", "zd", "--system", "depot"])
    let listed = (try document(["list"])["tickets"] as? [[String: Any]])?.first?["next"] as? [String: Any]
    let shown = (try document(["show", "T-1"])["clocks"] as? [[String: Any]])?.first
    let ledger = (try document(["why", "T-1"])["ledgers"] as? [[String: Any]])?.first
    let over = try #require(listed?["over_seconds"] as? Int)
    let used = try #require(ledger?["used_seconds"] as? Int)
    // An hour a day of ten days, and not the nights between.
    #expect((9 * 3600...10 * 3600).contains(over), "\(over)")
    #expect(abs(over - (try #require(shown?["over_seconds"] as? Int))) < 60)
    #expect(abs(over - (used - 3600)) < 60)
    let line = try ticket(["list"]).out
    #expect(line.contains("respond 9h") || line.contains("respond 10h"), "\(line)")
  }

  @Test func manyAreCountedAtTheEnd() throws {
    let rows = (1...12).map { "\($0),Request \($0),Ada,text\n" }
    try sandbox.write("id,subject,requester,text\n" + rows.joined(), to: "a.csv")
    _ = try ticket(["import", "a.csv", "--source", "zd"])
    let keys = (1...12).map { "T-\($0)" }
    let done = try ticket(["close"] + keys)
    #expect(done.err == "12 done\n", "\(done.err)")
    #expect(done.out.split(separator: "\n").count == 12)
    let partly = try ticket(["reopen"] + keys + ["T-99", "--reason", "again"], status: 1)
    #expect(partly.err.hasSuffix("12 done, 1 refused\n"), "\(partly.err)")
    #expect(partly.err.contains("There is no ticket T-99"))
  }

  /// What a script hands to every verb.
  @Test func foldersCanBeNamedWhereverTicketsAre() throws {
    try sandbox.write("id,subject,requester,text\n1,Request,Ada,text\n", to: "a.csv")
    _ = try ticket(["import", "a.csv", "--source", "zd"])
    let place = sandbox.path + "/playbooks"
    let kept = try ticket(["keep", "T-1", "state", "--ours", "--playbooks", place], status: 1)
    #expect(kept.err.contains("T-1 has no conflict about state"), "\(kept.err)")
    #expect(try sandbox.midwatch("incident", "declare", "--system", "shop", "Down").status == 0)
    let shown = try sandbox.midwatch("incident", "show", "--playbooks", place)
    #expect(shown.status == 0 && shown.out.contains("Down"), "\(shown.err)")
  }
}
