import Foundation
import TestSupport
import Testing

/// Incidents from the command line, from the declaration to the last word, in one state folder.
@Suite struct IncidentVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      endpoints:
        api: {http: "http://127.0.0.1:9/health"}
        worker: {http: "http://127.0.0.1:9/ready"}
      severities:
        S1: {means: Nobody can buy, respond: 15m, mitigate: 30m, resolve: 2h}
        S2: {name: P2, means: Some cannot buy, respond: 1h}
      cadence: [{every: 15m}]
      declare:
        - {title: Webhooks stuck, severity: S2, impact: Plan changes reach tenants late, playbook: webhooks}
      follow_ups: [{due: 24h, playbook: webhooks}]
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write("# Webhooks\n\n1. Look\n", to: "playbooks/shop/webhooks.md")
    try sandbox.write("title: Mail\n", to: "playbooks/mail/system.yaml")
  }

  /// Runs `midwatch incident` with these words; expects the exit status.
  @discardableResult
  private func incident(
    _ words: [String], as handle: String = "ops1", status: Int32 = 0,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Binary.Outcome {
    let outcome = try Binary.run(
      ["incident"] + words + ["--as", handle], environment: sandbox.environment, in: sandbox.path)
    #expect(outcome.status == status, "\(words): \(outcome.out)\(outcome.err)", sourceLocation: location)
    return outcome
  }

  /// What such a verb answers as JSON.
  private func document(
    _ words: [String], as handle: String = "ops1", _ location: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    let outcome = try incident(words + ["--format", "json"], as: handle, location)
    let any = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    return try #require(any as? [String: Any], sourceLocation: location)
  }

  /// The incident in such an answer.
  private func state(_ document: [String: Any]) throws -> [String: Any] {
    try #require(document["incident"] as? [String: Any])
  }

  /// The number before the line of INC-1 that has these words.
  private func number(of words: String) throws -> String {
    let lines = try incident(["show", "INC-1"]).out.split(separator: "\n")
    let line = try #require(lines.first { $0.contains(words) && $0.first?.isNumber == true }, "\(lines)")
    return String(try #require(line.split(separator: " ").first))
  }

  @Test func aNightFromTheDeclarationToTheMerger() throws {
    let declared = try document(
      [
        "declare", "--system", "shop", "--severity", "s1", "--ticket", "OPS-77", "--started", "-12m",
        "Checkout", "fails",
      ])
    #expect(declared["schema"] as? String == "midwatch.incident_act/1")
    let first = try state(declared)
    #expect(first["key"] as? String == "INC-1" && first["title"] as? String == "Checkout fails")
    #expect((first["from"] as? [String: Any])?["ticket"] as? String == "OPS-77")
    #expect((first["roles"] as? [String: String]) == ["commander": "ops1"])
    let clocks = try #require(first["clocks"] as? [[String: Any]])
    #expect(clocks.compactMap { $0["name"] as? String } == ["respond", "mitigate", "resolve"])
    #expect(clocks.map { $0["met"] is String } == [true, false, false])
    #expect(first["next_update_due"] is String)

    // Somebody else declares the same a moment later.
    let twin = try incident(["declare", "--system", "shop", "Shop is down"], as: "ops2", status: 1)
    #expect(
      twin.err.contains("ops1 declared INC-1 S1 Checkout fails on shop at ")
        && twin.err.contains("; join it, or say that this is another trouble."), "\(twin.err)")

    #expect(
      try incident(["note", "--at", "-10m", "--until", "-2m", "the queue stood still"]).out.contains(
        "the queue stood still"))
    #expect(
      try incident(["status", "identified", "--reason", "v4.2 leaks"], as: "ops2").out.contains(
        "Identified: v4.2 leaks"))
    #expect(
      try incident(["status", "identified"], status: 1).err.contains(
        "INC-1 is Identified already, since ops2 said so at "))
    #expect(try incident(["severity"]).out.contains("▸  S1  Nobody can buy"))
    let milder = try state(try document(["severity", "S2", "--reason", "one tenant"]))
    #expect(milder["severity_name"] as? String == "P2")
    #expect((milder["clocks"] as? [Any])?.count == 1)

    #expect(
      try incident(["role", "commander"], as: "ops2", status: 1).err.contains(
        "ops1 is commander of INC-1 since "))
    #expect(
      try incident(["role", "commander", "--from", "ops1", "--words", "deploys are frozen"], as: "ops2").out
        .contains(
          "commander goes from ops1 to ops2: deploys are frozen"))
    try incident(["role", "scribe", "ops3"])
    #expect(
      try incident(["role", "scribe", "--give-back", "--from", "ops3"]).out.contains("given back by ops3"))

    try incident(["task", "add", "Read", "the", "logs", "--owner", "ops1", "--for", "3m"])
    #expect(try incident(["task"]).out.contains("INC-1/1  ☐  Read the logs, ops1, until "))
    try incident(["task", "give", "1", "--owner", "ops3"])
    try incident(["task", "done", "INC-1/1", "--outcome", "nothing in them"], as: "ops3")
    #expect(
      try incident(["task", "drop", "1", "--reason", "x"], status: 1).err.contains(
        "Read the logs was done by ops3 at "))
    try incident(["task", "reopen", "1", "--for", "5m"])
    try incident(["task", "drop", "1", "--reason", "the host is gone"])
    let tasks = try #require(try document(["task", "list"])["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["is_dropped"] as? Bool } == [true])

    #expect(
      try incident(["decide", "Roll back to v4.1", "--objections", "none", "--executes", "ops3"]).out
        .contains(
          "Roll back to v4.1; ops3 carries it out"))
    let described = try state(
      try document([
        "describe", "--impact", "Nobody can pay", "--affected", "api", "--affected", "shop/worker",
      ]))
    #expect(described["affected"] as? [String] == ["shop/api", "shop/worker"])
    #expect(
      try incident(["describe", "--affected", "nothing"], status: 1).err.contains(
        "shop has no endpoint nothing; it has api, worker."))

    let note = try number(of: "the queue stood still")
    try incident(["amend", note, "the billing queue stood still", "--reason", "which one"])
    try incident(["pin", note])
    #expect(try incident(["pin", note], as: "ops2", status: 1).err.contains("ops1 pinned it at "))
    try incident(["note", "a typo"])
    let typo = try number(of: "a typo")
    try incident(["retract", typo, "--reason", "wrong window"])
    #expect(
      try incident(["retract", typo, "--reason", "x"], status: 1).err.contains("ops1 took it back at "))
    let move = try number(of: "status")
    #expect(
      try incident(["retract", move, "--reason", "x"], status: 1).err.contains(
        "Only a note, a decision or evidence is taken back, and this is incident.status"))

    #expect(try incident(["status", "resolved"], status: 64).err.contains("--data-lost no"))
    let resolved = try state(try document(["status", "resolved", "--data-lost", "no"]))
    #expect((resolved["follow_ups"] as? [[String: Any]])?.first?["title"] as? String == "Webhooks")
    #expect(
      try incident(["note", "x"], status: 1).err.contains("No incident is open; name one with --incident"))
    let reopened = try state(
      try document(["status", "investigating", "--incident", "1", "--reason", "it came back"]))
    #expect((reopened["follow_ups"] as? [Any])?.isEmpty == true && reopened["is_open"] as? Bool == true)
    #expect((reopened["resolutions"] as? [[String: Any]])?.first?["reopened"] is String)

    // A second one, from the template, is the same trouble after all.
    let second = try state(
      try document(
        ["declare", "--system", "shop", "--template", "webhooks", "--another", "--format", "json"], as: "ops2"
      ))
    #expect(second["key"] as? String == "INC-2" && second["title"] as? String == "Webhooks stuck")
    #expect(second["severity"] as? String == "S2" && second["impact"] is String)
    #expect((second["from"] as? [String: Any])?["playbook"] as? String == "webhooks")
    #expect(
      try incident(["note", "x"], status: 1).err.contains("2 incidents are open (INC-1, INC-2); name one"))
    try incident(["note", "--incident", "INC-2", "seen in billing"])
    try incident(["link", "https://example.com/t/1", "--title", "the thread", "--incident", "1"])
    try incident(["link", "INC-1", "--kind", "duplicate", "--incident", "2"])
    try incident(["unlink", "INC-1", "--incident", "2"])
    let merged = try incident(["merge", "INC-2", "--into", "INC-1"], as: "ops2")
    #expect(merged.out.contains("merged into INC-1: Checkout fails; go on there"))
    #expect(merged.out.contains("INC-2 was merged into this: Webhooks stuck"))
    #expect(
      try incident(["status", "monitoring", "--incident", "2"], status: 1).err.contains(
        "INC-2 was merged into INC-1 by ops2 at "))

    let list = try incident(["list"]).out
    #expect(try list.contains(Regex(#"INC-1  S2  Investigating +20.*shop  ops2  Checkout fails"#)), "\(list)")
    #expect(list.contains("INC-2  S2  merged into INC-1"), "\(list)")
    #expect(try incident(["list", "--open"]).out.split(separator: "\n").count == 1)
    let shown = try incident(["show"]).out
    for words in [
      "INC-1 S2 (P2) Investigating — Checkout fails", "shop/api, shop/worker", "the thread",
      "seen in billing (in INC-2)", "the billing queue stood still (until ", "(amended)",
      "taken back: a typo (wrong window)", "reopened, Investigating: it came back",
    ] { #expect(shown.contains(words), "\(words) in\n\(shown)") }
    let whole = try document(["show", "INC-1"])
    #expect(whole["schema"] as? String == "midwatch.incident/2")
    let timeline = try #require(whole["timeline"] as? [String: Any])
    #expect((timeline["lines"] as? [Any])?.isEmpty == false)
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func whatASystemSaysIsShownWhileChoosing() throws {
    let guide = try sandbox.midwatch("incident", "guide", "shop").out
    for words in [
      "S1  Nobody can buy", "respond 15m", "S2  P2: Some cannot buy", "S2  Webhooks stuck  webhooks",
    ] { #expect(guide.contains(words), "\(words) in\n\(guide)") }
    let json = try sandbox.midwatch("incident", "guide", "shop", "--format", "json").out
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["schema"] as? String == "midwatch.incident_guide/1")
    #expect((document["severities"] as? [Any])?.count == 4 && (document["templates"] as? [Any])?.count == 1)
  }

  @Test func anIncidentOfSeveralSystemsKeepsTheEarliestOfTheirPromises() throws {
    let declared = try state(
      try document(["declare", "--system", "mail", "--system", "shop", "Nothing works"]))
    #expect(declared["systems"] as? [String] == ["mail", "shop"])
    #expect(declared["severity"] as? String == "S1", "when unsure, the higher")
    #expect((declared["clocks"] as? [Any])?.count == 3)
  }

  @Test func whatCannotBeIsRefusedInASentence() throws {
    let table: [([String], Int32, String)] = [
      (["show"], 1, "journal"),
      (["declare", "--system", "shop"], 1, "An incident needs a title"),
      (["declare", "Down"], 1, "Say what does not work with --system: mail, shop."),
      (["declare", "--system", "nope", "Down"], 1, "There is no system nope"),
      (["declare", "--system", "shop", "--severity", "S9", "Down"], 64, "\"S9\" is no severity"),
      (["declare", "--system", "shop", "--started", "soon", "Down"], 64, "\"soon\" is no time"),
      (["declare", "--alert", "Nothing"], 1, "No firing alert is called Nothing"),
      (
        ["declare", "--system", "shop", "--template", "x"], 1,
        "The folder has no template \"x\"; it has \"Webhooks stuck\"."
      ),
      (["status", "done"], 64, "\"done\" is no status; write one of investigating"),
      (["status", "identified"], 1, "No incident is open"),
      (["note", "--incident", "7", "x"], 1, "There is no incident INC-7"),
      (["role", "scribe", "ops2", "--give-back"], 64, "given to somebody, or given back"),
      (["task", "add", "x", "--for", "soon"], 64, "\"soon\" is no time box"),
      (["task", "give", "1"], 64, "Say to whom (--owner)"),
      (["pin", "99999"], 1, "There is no event 99999"),
    ]
    for (words, status, sentence) in table {
      let outcome = try incident(words, status: status)
      #expect(outcome.err.contains(sentence), "\(words): \(outcome.err)")
      #expect(outcome.out.isEmpty, "\(words)")
    }
    #expect(try incident(["list"]).out == "No incident was declared.\n")
  }

  @Test func whatIsDueIsSnoozedAndDismissed() throws {
    try incident(["declare", "--system", "shop", "--severity", "S1", "Down"])
    let list = try incident(["clock"]).out
    for words in ["mitigate by ", "resolve by ", "update by "] {
      #expect(list.contains(words), "\(words) in\n\(list)")
    }
    try incident(["clock", "snooze", "resolve", "--for", "3h", "--reason", "the supplier has it"])
    #expect(try incident(["clock"]).out.contains("snoozed until "))
    try incident(["clock", "dismiss", "mitigate", "--reason", "nothing to mitigate"])
    #expect(
      try incident(["clock", "dismiss", "mitigate", "--reason", "x"], as: "ops2", status: 1).err.contains(
        "mitigate was dismissed by ops1 at "))
    #expect(
      try incident(["clock", "met", "resolve"], status: 1).err.contains(
        "resolve is met when INC-1 is resolved."))
    let document = try document(["clock", "list"])
    let deadlines = try #require(try state(document)["deadlines"] as? [[String: Any]])
    let resolve = try #require(deadlines.first { $0["clock"] as? String == "resolve" })
    #expect(resolve["snoozed_until"] is String && resolve["reason"] as? String == "the supplier has it")
  }

  @Test func whoeverTakesItOverIsToldWhatThereIs() throws {
    try incident(["declare", "--system", "shop", "--severity", "S1", "Down\u{1B}[31m <b>"])
    try incident(["role", "scribe", "ops3"])
    try incident(["task", "add", "Call the vendor", "--owner", "ops2"])
    try incident(["decide", "Roll back to v4.1"])
    let text = try incident(["handoff"]).out
    for words in [
      "Hand-over of INC-1", "State\n  ● S1", "commander ops1 · communications nobody", "scribe ops3",
      "☐ Call the vendor — ops2", "No update went out yet.", "Roll back to v4.1", "from the journal",
    ] { #expect(text.contains(words), "\(words) in\n\(text)") }
    #expect(!text.contains("\u{1B}"))
    let document = try document(["handoff", "1"])
    #expect(document["schema"] as? String == "midwatch.handover/1")
    #expect((document["open_tasks"] as? [Any])?.count == 1 && document["next_promise"] == nil)
    #expect(
      try incident(["handoff", "INC-1", "--format", "md", "--output", "over.md"]).out.hasPrefix("wrote "))
    let page = try String(contentsOfFile: sandbox.path + "/over.md", encoding: .utf8)
    #expect(page.hasPrefix("# Hand-over of INC-1 ") && page.contains("## Decided") && !page.contains("<b>"))
    #expect(try incident(["handoff", "7"], status: 1).err.contains("There is no incident INC-7"))
  }

  /// The lines of docs/incidents.md, one after the other.
  @Test func whatTheDocumentSaysWorks() throws {
    let url = URL(fileURLWithPath: Project.root + "/docs/incidents.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```sh\n").dropFirst().first)
    let lines = block.components(separatedBy: "```").first?.split(separator: "\n").map(String.init) ?? []
    #expect(lines.count > 15 && lines.allSatisfy { $0.hasPrefix("midwatch incident ") })
    let path = URL(fileURLWithPath: Binary.path).deletingLastPathComponent().path
    var environment = Sandbox.clean.merging(sandbox.environment) { $1 }
    environment["PATH"] = "\(path):\(environment["PATH"] ?? "")"
    try sandbox.write("one\ntwo\n", to: "notes.txt")
    for line in lines {
      let outcome = try Child.run("/bin/sh", ["-c", line], environment: environment, in: sandbox.path)
      #expect(outcome.status == 0 && !outcome.out.isEmpty, "\(line): \(outcome.err)")
    }
    #expect(try incident(["list", "--open"]).out.hasPrefix("INC-1  S2  Investigating"))
  }
}
