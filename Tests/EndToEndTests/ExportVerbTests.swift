import Foundation
import TestSupport
import Testing

/// `midwatch export` as somebody types it.
@Suite struct ExportVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    let system = "title: Shop\nendpoints:\n  api:\n    http: https://checkout.internal/health\n"
    for name in ["shop", "mail"] { try sandbox.write(system, to: "playbooks/\(name)/system.yaml") }
    try sandbox.run("incident", "declare", "--system", "shop", "--severity", "S1", "Checkout fails")
    try sandbox.run("note", "db-1.internal is full", "--incident", "INC-1")
    try sandbox.run("incident", "declare", "--system", "mail", "--severity", "S3", "Slow | search")
  }

  private func export(_ arguments: String..., status: Int32 = 0) throws -> Binary.Outcome {
    let outcome = try sandbox.run(all: ["export"] + arguments)
    #expect(outcome.status == status, "\(arguments): \(outcome.out)\(outcome.err)")
    return outcome
  }

  @Test func severalStandInOneFile() throws {
    let markdown = try export("INC-2", "1").out
    #expect(
      markdown.hasPrefix("# INC-2 Slow \\| search\n")
        && markdown.contains("\n---\n\n# INC-1 Checkout fails\n"))
    let json = try export("--since", "1h", "--format", "json").out
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["schema"] as? String == "midwatch.incidents/2")
    #expect((document["incidents"] as? [Any])?.count == 2)
    let csv = try export("INC-1", "INC-1", "--format", "csv", "--kind", "note").out
    #expect(csv.split(separator: "\r\n").count == 3 && csv.contains(",note,db-1.internal is full,"))
  }

  @Test func forReadersOutsideItSaysWhatItLeavesOut() throws {
    let outcome = try export("INC-1", "--external", "-o", "out.md")
    #expect(
      outcome.out.hasSuffix("out.md\n") && outcome.err.contains("left out for readers outside: notes: 1"))
    let text = try String(contentsOfFile: sandbox.path + "/out.md", encoding: .utf8)
    #expect(text.hasPrefix("# Checkout fails\n") && !text.contains("db-1") && !text.contains("INC-1"))
    #expect(try sandbox.midwatch("timeline").out.contains("md written at"))
  }

  /// Whoever asked for it has not got it, and the journal does not say that it was made.
  @Test func anOutputThatTakesNothingIsToldAndNoTrap() throws {
    for words in [
      ["export", "INC-1"], ["timeline"], ["retro", "stats"],
      ["retro", "action", "export", "--format", "csv"],
      ["incident", "list", "--format", "json"],
    ] {
      let err = sandbox.path + "/err"
      try? FileManager.default.removeItem(atPath: err)
      let child = try Child(
        Binary.path, words, environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path,
        files: (out: "/dev/full", err: err))
      #expect(child.wait() == 1, "\(words)")
      #expect(
        try String(contentsOfFile: err, encoding: .utf8)
          == "midwatch: Standard output cannot be written: No space left on device. What it told is lost, not what it did.\n"
      )
    }
    #expect(try !sandbox.midwatch("timeline").out.contains("written at"))
  }

  @Test func nothingIsWrittenOverTheJournal() throws {
    let place = try #require(sandbox.environment["MIDWATCH_STATE"])
    let refused = try export("INC-1", "-o", place + "/journal.db", status: 1)
    #expect(refused.err.contains("journal.db is a database, such as a journal; nothing is written there."))
    #expect(try sandbox.run(all: ["journal", "verify"]).status == 0)
  }

  /// A day is that of the clocks here, in every verb.
  @Test func daysBeginHere() throws {
    var environment = sandbox.environment
    environment["TZ"] = "Asia/Tokyo"
    func run(_ words: [String]) throws -> Binary.Outcome {
      try Binary.run(words, environment: environment, in: sandbox.path)
    }
    try sandbox.write("title: Early\n", to: "playbooks/early/system.yaml")
    let started = ["--started", "2026-01-09T20:30:00Z"]
    #expect(
      try run(["incident", "declare", "--system", "early", "--severity", "S3", "Early"] + started).status == 0
    )
    // 05:30 on the 10th in Tokyo.
    for day in ["2026-01-10", "2026-01-09T20:00:00Z"] {
      let period = ["--since", day, "--until", "2026-01-11"]
      #expect(try run(["export"] + period).out.hasPrefix("# INC-3 Early"))
      #expect(try run(["retro", "stats"] + period).out.contains("1 incident"))
    }
    for ago in ["-90000d", "90000d"] {
      #expect(try run(["retro", "stats", "--since", ago]).out.contains("3 incidents"))
      #expect(try run(["export", "--since", ago]).out.contains("# INC-3 Early"))
    }
    #expect(
      try run(["retro", "action", "add", "--due", "2027-01-31", "--incident", "INC-3", "Alarm"]).status == 0)
    #expect(try run(["retro", "action", "list"]).out.contains("2027-01-31 14:59:59Z"))
  }

  @Test func aTemplateOfYourOwnIsReadAndItsMistakesAreTold() throws {
    try sandbox.write("# {{title}} ({{severity}})\n{{#runs}}runs{{/runs}}\n", to: "own.md")
    #expect(try export("INC-1", "--template", "own.md").out == "# Checkout fails (S1)\n")
    try sandbox.write("# {{titel}}\n{{{x_own}}}\n{{#runs}}\n", to: "own.md")
    let wrong = try export("INC-1", "--template", "own.md", status: 1).err
    #expect(wrong.contains("own.md:1:3: a retro has no section and no value \"titel\"; write one of title"))
    #expect(wrong.contains("own.md:3:1: {{#runs}} is not closed") && wrong.contains("nothing was exported"))
    try sandbox.write("Shop's {{title}}", to: "playbooks/shop/retro/midwatch.md")
    #expect(try export("INC-1").out == "Shop's Checkout fails\n")
    #expect(try export("INC-2").out.contains("## Timeline"), "of another system")
    #expect(try export("INC-1", "--template", "pagerduty").out.contains("## Responders"))
  }

  @Test func whatCannotBeIsRefusedInASentence() throws {
    let table: [([String], Int32, String)] = [
      ([], 64, "Name an incident, such as INC-1, or a time with --since."),
      (["INC-9"], 1, "There is no incident INC-9; `midwatch incident list` shows them."),
      (["INC-1", "--format", "pdf"], 64, "pdf"),
      (["INC-1", "--audience", "support"], 64, "goes with --external"),
      (
        ["INC-1", "--template", "none"], 1,
        "There is no template none; use midwatch, pagerduty, google, or a file"
      ),
      (["INC-1", "--template", "./none.md"], 1, "cannot be read as UTF-8 text"),
      (["INC-1", "--format", "csv", "--template", "google"], 64, "csv has a shape of its own"),
      (["--since", "yore"], 64, "--since \"yore\" is no time"),
      (["--since", "1ms"], 1, "No incident began in that time."),
      (["INC-1", "--from", "noon"], 64, "--from \"noon\" is no time"),
      (["INC-1", "-o", "missing/out.md"], 1, "cannot be written"),
      (["INC-1", "-o", "."], 1, "cannot be written"),
    ]
    let events = try sandbox.midwatch("timeline").out
    for (arguments, status, words) in table {
      let outcome = try sandbox.run(all: ["export"] + arguments)
      #expect(outcome.status == status && outcome.err.contains(words), "\(arguments): \(outcome.err)")
      #expect(outcome.out.isEmpty)
    }
    #expect(try sandbox.midwatch("timeline").out == events, "what was not made is not recorded")
  }
}

extension Sandbox {
  fileprivate func run(all arguments: [String]) throws -> Binary.Outcome {
    try Binary.run(arguments, environment: environment, in: path)
  }

  fileprivate func run(_ arguments: String...) throws {
    let outcome = try run(all: arguments)
    #expect(outcome.status == 0, "\(arguments): \(outcome.err)")
  }
}
