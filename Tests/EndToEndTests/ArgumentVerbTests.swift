import Foundation
import TestSupport
import Testing

/// Arguments that several verbs take: what each of them understands, and how it tells that it does not.
@Suite struct ArgumentVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write("title: Shop\n", to: "playbooks/shop/system.yaml")
    try run("incident", "declare", "--system", "shop", "--severity", "S2", "Checkout fails")
  }

  @discardableResult
  private func run(_ words: String..., status: Int32 = 0) throws -> Binary.Outcome {
    let outcome = try Binary.run(words, environment: sandbox.environment, in: sandbox.path)
    #expect(outcome.status == status, "\(words): \(outcome.out)\(outcome.err)")
    return outcome
  }

  /// What only running a verb finds is told with that verb's usage, like what reading its arguments finds.
  @Test(
    arguments: [
      (["retro", "stats", "--since", "soon"], "midwatch retro stats"),
      (["retro", "stats", "--nosuch"], "midwatch retro stats"),
      (["note", "--at", "soon", "x"], "midwatch note"),
      (["timeline", "--last", "-3"], "midwatch timeline"),
      (["query", "up", "--start", "soon"], "midwatch query"),
      (["incident", "note", "--at", "soon", "x"], "midwatch incident note"),
      (["retro", "action", "list", "--due", "soon"], "midwatch retro action list"),
    ])
  func mistakesAreToldWithTheVerbsUsage(_ words: [String], _ verb: String) throws {
    let outcome = try Binary.run(words, environment: sandbox.environment, in: sandbox.path)
    #expect(outcome.status == 64 && outcome.out.isEmpty)
    #expect(outcome.err.hasPrefix("Error: ") && outcome.err.contains("\nUsage: \(verb) ["), "\(outcome.err)")
    #expect(outcome.err.hasSuffix("\n  See '\(verb) --help' for more information.\n"))
  }

  /// So long ago, with a sign or without.
  @Test(arguments: ["5m", "-5m"])
  func timesThatArePastAreUnderstoodBothWays(_ ago: String) throws {
    let format = ISO8601DateFormatter()
    let before = Date.now.addingTimeInterval(-301)
    let noted = try run("note", "--at", ago, "the queue stood still").out
    let after = Date.now.addingTimeInterval(-299)
    let said = try #require(noted.firstMatch(of: /at (\S+) (\S+Z)/))
    let at = try #require(format.date(from: "\(said.1)T\(said.2)"))
    #expect(at > before - 1 && at < after, "\(noted)")
    try run(
      "incident", "declare", "--another", "--system", "shop", "--severity", "S3", "--started", ago, "Slow")
    #expect(try run("query", "up", "--start", ago).err.contains("nothing matches up"))
    for verb in [["retro", "stats"], ["export"]] {
      let outcome = try Binary.run(
        verb + ["--since", ago], environment: sandbox.environment, in: sandbox.path)
      #expect(outcome.status == 0, "\(verb): \(outcome.err)")
    }
  }

  /// What comes is not past: the sentence says how it is written, and not that nothing was.
  @Test(
    arguments: [
      ["ack", "x", "--for", "-1h"], ["silence", "add", "x", "--for", "-1h"],
      ["retro", "action", "add", "x", "--due", "-1h"],
      ["incident", "clock", "snooze", "resolve", "--for", "-1h"],
    ])
  func timesThatComeAreNotPast(_ words: [String]) throws {
    let outcome = try Binary.run(words, environment: sandbox.environment, in: sandbox.path)
    #expect(outcome.status == 64)
    #expect(outcome.err.hasPrefix("Error: \"-1h\" is no time; write 2h, 06:00,"), "\(outcome.err)")
  }

  @Test func kindsAndSystemsThatNobodyKnowsAreTold() throws {
    let kind = try run("export", "INC-1", "--kind", "note.added,bogus", status: 1)
    #expect(kind.out.isEmpty)
    #expect(
      kind.err.hasPrefix("midwatch: No line of a timeline is of the kind bogus; write words such as alert"))
    try run("export", "INC-1", "--kind", "update.sent, in force,declared")
    #expect(
      try run("retro", "stats", "--system", "nosuch", status: 1).err
        == "midwatch: The journal knows no system nosuch; it knows shop.\n")
    #expect(try run("retro", "stats", "--system", "shop").out.hasPrefix("1 incident"))
  }

  @Test(arguments: [["incident", "note", "-"], ["note", "-"]])
  func notesAreReadFromStandardInput(_ words: [String]) throws {
    let outcome = try Child.run(
      "/bin/sh", ["-c", "printf 'one\\ntwo\\n' | \"$@\"", "sh", Binary.path] + words,
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path)
    #expect(outcome.status == 0, "\(outcome.err)")
    let csv = try run("export", "INC-1", "--format", "csv", "--kind", "note").out
    #expect(csv.contains(",note,\"one\ntwo\","), "\(csv)")
    let bytes = try Child.run(
      "/bin/sh", ["-c", "printf '\\377' | \"$@\"", "sh", Binary.path] + words,
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path)
    #expect(bytes.status == 1 && bytes.err == "midwatch: What standard input holds is no UTF-8 text.\n")
  }

  /// As everywhere else a system is named; its path does, too.
  @Test func aFolderIsTrustedByNameOrPath() throws {
    let place = sandbox.path + "/playbooks/shop"
    for name in ["shop", "playbooks/shop", place] {
      try sandbox.write(
        "title: Shop as \(name)\nendpoints:\n  api:\n    exec: [/bin/true]\n",
        to: "playbooks/shop/system.yaml")
      let outcome = try run("trust", "--yes", name).out
      #expect(outcome.contains("), \(place), wants to:\n") && outcome.hasSuffix("trusted shop\n"), "\(name)")
    }
    let unknown = try run("trust", "--yes", "nosuch", status: 1).err
    #expect(
      unknown
        == "midwatch: There is no system nosuch in \(sandbox.path)/playbooks, and no folder \(sandbox.path)/nosuch.\n"
    )
  }

  @Test func anEmptyFileOfMetricsIsCalledEmpty() throws {
    try sandbox.write("", to: "empty")
    try sandbox.write(
      "groups: [{name: a, rules: [{alert: Q, expr: queue > 1}]}]\n", to: "rules.yaml")
    #expect(
      try run("backtest", "rules.yaml", "--metrics", "empty", status: 1).err.hasSuffix(
        "empty is empty; there is nothing to try rules on.\n"))
    #expect(
      try run("backtest", "rules.yaml", "--metrics", ".", status: 1).err.contains(
        "cannot be read, or is a folder"))
  }

  /// Behind `--at 12m`, which is 12 minutes ago, nobody knows whether `--until 2m` is ago or after.
  @Test func anEndThatSaysTwoThingsIsNotTaken() throws {
    for words in [["note", "--at", "12m", "--until", "2m", "x"], ["note", "--until", "2m", "x"]] {
      let outcome = try Binary.run(words, environment: sandbox.environment, in: sandbox.path)
      #expect(outcome.status == 64 && outcome.err.contains("--until 2m says two things"), "\(outcome.err)")
    }
    let both = try run("note", "--at", "12m", "--until", "-2m", "the queue stood still").out
    let times = try #require(both.firstMatch(of: /at \S+ (\d+):(\d+):\S+ until \S+ (\d+):(\d+):/))
    let minutes = [times.1, times.2, times.3, times.4].compactMap { Int($0) }
    #expect((minutes[2] * 60 + minutes[3] - minutes[0] * 60 - minutes[1] + 1440) % 1440 == 10)
    #expect(try run("note", "--at", "-12m", "--until", "2m", "x").out.contains(" until "))
  }

  /// A name that is a folder here, too, and another one there, is asked for by its path.
  @Test func trustIsOfOneFolderOnly() throws {
    try sandbox.write("title: Shop\nsecrets: {token: {env: TOKEN}}\n", to: "shop/system.yaml")
    let told = try run("trust", "--yes", "shop", status: 1).err
    #expect(told.contains("write the path of the one that you mean"), "\(told)")
  }
}
