import Foundation
import TestSupport
import Testing

/// Tickets from the command line, in one state folder.
@Suite struct TicketVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      severities:
        S1: {means: Nobody can buy, mitigate: 15m, resolve: 2h}
        S2: {means: Some cannot buy, respond: 1h}
        S3: {means: One cannot, respond: 4h}
      calendars:
        office: {zone: UTC, hours: [Mon-Sun 00:00-24:00]}
      tickets:
        pause: [pending_user, third_party, incident]
        may: {assign: [support, admin], override: [admin]}
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write(
      "---\naudience: users\nstage: reply\nsubject: \"Re: {{subject}}\"\n---\nDear {{requester}}, see {{place}}.",
      to: "playbooks/shop/comms/place.md")
  }

  /// Runs `midwatch ticket` with these words; expects the exit status.
  @discardableResult
  private func ticket(
    _ words: [String], as handle: String = "ops1", roles: String = "support,admin", status: Int32 = 0,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Binary.Outcome {
    var environment = sandbox.environment
    environment["MIDWATCH_ROLES"] = roles
    let outcome = try Binary.run(
      ["ticket"] + words + ["--as", handle], environment: environment, in: sandbox.path)
    #expect(outcome.status == status, "\(words): \(outcome.out)\(outcome.err)", sourceLocation: location)
    return outcome
  }

  private func document(
    _ words: [String], status: Int32 = 0, _ location: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    let outcome = try ticket(words + ["--format", "json"], status: status, location)
    let any = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    return try #require(any as? [String: Any], sourceLocation: location)
  }

  private func open(_ subject: String, by requester: String = "Ada", more: [String] = []) throws {
    try ticket(
      ["open", "--system", "shop", "--requester", requester, "--text", "See the subject."] + more + [subject])
  }

  private func keys(_ words: [String]) throws -> [String] {
    let tickets = try #require(try document(["list"] + words)["tickets"] as? [[String: Any]])
    return tickets.compactMap { $0["key"] as? String }
  }

  @Test func theQueueShowsWhatBreachesFirst() throws {
    try open("Slow", more: ["--severity", "s3", "--tenant", "sakura"])
    try open("Down", by: "Bo", more: ["--severity", "S1", "--tag", "vip"])
    try open("Some", by: "Cy", more: ["--severity", "S2", "--assign", "me"])
    try open("Whenever", by: "Di", more: ["--severity", "S4", "--priority", "low"])
    #expect(try keys([]) == ["T-2", "T-3", "T-1", "T-4"])
    #expect(try keys(["sev:<=2", "!tag:vip"]) == ["T-3"])
    #expect(try keys(["--filter", "assignee:me"]) == ["T-3"])
    #expect(try keys(["--status", "open", "--limit", "2"]) == ["T-2", "T-3"])
    #expect(try keys(["tenant:sakura"]) == ["T-1"] && keys(["id:4"]) == ["T-4"])
    let whole = try document(["list", "--limit", "1"])
    #expect(whole["schema"] as? String == "midwatch.tickets/1" && whole["count"] as? Int == 4)
    let first = try #require((whole["tickets"] as? [[String: Any]])?.first)
    #expect((first["next"] as? [String: Any])?["clock"] as? String == "mitigate")
    #expect(first["severity"] as? String == "S1" && first["tags"] as? [String] == ["vip"])
    let text = try ticket(["list", "--limit", "3"])
    #expect(text.out.split(separator: "\n").count == 3 && text.err.contains("1 more; --limit shows them."))
    try ticket(["close", "T-2", "T-4"])
    #expect(try keys([]) == ["T-3", "T-1"] && keys(["state:closed"]) == ["T-2", "T-4"])
    #expect(try keys(["--all"]).count == 4)
    #expect(try ticket(["list", "tag:none-such"]).out == "No ticket is like that.\n")
  }

  @Test func publicAndInternalAreUnmistakable() throws {
    try open("Charged twice", more: ["--severity", "S2"])
    #expect(
      try ticket(["comment", "1", "hello"], status: 64).err.contains(
        "Say who reads it: --public, or --internal"))
    #expect(
      try ticket(["comment", "1", "--public", "--internal", "x"], status: 64).err.contains(
        "It is either --public"))
    let asked = try ticket(["comment", "T-1", "--public", "We look."], status: 1)
    #expect(
      asked.err.contains("send this to Ada on T-1 asks first; --yes says that it is meant."), "\(asked.err)")
    #expect(try ticket(["show", "1"]).out.contains("T-1 S2 open — Charged twice"))
    try ticket(["comment", "t-1", "--internal", "Same", "id", "twice."], as: "support1")
    let sent = try ticket(["comment", "T-1", "--public", "--yes", "We look."], as: "support1")
    #expect(sent.out.contains("replied, and the customer reads it") && sent.out.contains("pending_user"))
    let shown = try ticket(["show", "T-1"]).out
    #expect(
      shown.contains("INTERNAL note of support1, not shown to the customer\n  ▒ Same id twice."), "\(shown)")
    #expect(shown.contains("PUBLIC reply of support1\n    We look."), "\(shown)")
    #expect(shown.contains("Ada wrote\n    See the subject."), "\(shown)")
    try ticket(["comment", "T-1", "--as-customer", "-", "Visa."])
    let document = try document(["show", "T-1"])
    #expect(
      document["schema"] as? String == "midwatch.ticket/1"
        && document["state"] as? String == "pending_support")
    let lines = try #require(document["lines"] as? [[String: Any]])
    #expect(
      lines.compactMap { $0["kind"] as? String }
        == ["customer", "internal", "reply", "change", "customer", "change"])
    let clocks = try #require(document["clocks"] as? [[String: Any]])
    #expect(clocks.map { $0["state"] as? String } == ["met"])
  }

  @Test func severalHaveAReceiptEach() throws {
    for subject in ["One", "Two", "Three"] { try open(subject, by: subject) }
    let done = try document(["assign", "T-1,2", "T-3", "support2"])
    let receipts = try #require(done["receipts"] as? [[String: Any]])
    #expect(done["schema"] as? String == "midwatch.ticket_acts/1")
    #expect(receipts.compactMap { $0["ticket"] as? String } == ["T-1", "T-2", "T-3"])
    #expect(receipts.allSatisfy { $0["is_done"] as? Bool == true && $0["assignee"] as? String == "support2" })
    let partly = try ticket(["assign", "T-1", "T-9", "T-2", "none"], status: 1)
    #expect(partly.out.contains("T-1  given back\nT-2  given back"), "\(partly.out)")
    #expect(partly.err == "midwatch: There is no ticket T-9; `midwatch ticket list` shows them.\n")
    let again = try document(["assign", "T-1", "T-3", "none"], status: 1)
    let refused = try #require((again["receipts"] as? [[String: Any]])?.first)
    #expect(
      refused["refusal"] as? String == "T-1 is like that already." && refused["state"] as? String == "open")
  }

  @Test func whatIsOutsideOnesRolesAsksOnce() throws {
    try open("Charged twice")
    let refused = try ticket(["assign", "T-1", "me"], roles: "finance", status: 1)
    #expect(
      refused.err.contains(
        "Assigning is for support or admin, and you are finance; say that you mean it (--sure), and it is done and "
          + "recorded."), "\(refused.err)")
    try ticket(["assign", "T-1", "me", "--sure"], roles: "finance")
    try ticket(["assign", "T-1", "none", "--role", "support"], roles: "finance")
    let against = try ticket(["status", "T-1", "pending-user"], status: 1)
    #expect(against.err.contains("T-1 goes from open to pending_user by a public reply"))
    try ticket(["status", "T-1", "pending_user", "--override", "--reason", "told by telephone"])
    #expect(try ticket(["show", "T-1"]).out.contains("pending_user, against the rules: told by telephone"))
  }

  @Test func oneReplyGoesToAllOfAnIncident() throws {
    try open("Charged twice", more: ["--tenant", "sakura"])
    try open("Cannot pay", by: "Bo", more: ["--tenant", "kumo"])
    try open("Cannot pay either", by: "Cy", more: ["--tenant", "kumo"])
    let declared = try sandbox.midwatch(
      "incident", "declare", "--system", "shop", "--ticket", "t-1", "--as", "ops1", "Payments", "fail")
    #expect(
      declared.status == 0 && declared.out.contains("linked to INC-1"), "\(declared.out)\(declared.err)")
    let linked = try ticket(["link", "T-2", "T-3", "INC-1"])
    #expect(
      linked.err.contains("INC-1 has 3 tickets of 2 tenants (kumo, sakura), worst S3, 3 wait"),
      "\(linked.err)")
    #expect(try ticket(["list"]).out.contains("paused: INC-1"))
    #expect(
      try sandbox.midwatch("incident", "show").out.contains("3 tickets of 2 tenants (kumo, sakura)"))
    try ticket(["close", "T-3"])
    let replied = try ticket(["reply", "--incident", "1", "--template", "known", "--yes"])
    #expect(replied.out.contains("T-1  replied") && replied.out.contains("T-2  replied"))
    #expect(
      !replied.out.contains("T-3") && replied.err.contains("1 closed ticket got none."), "\(replied.err)")
    #expect(try ticket(["show", "2"]).out.contains("We know of it and are working on it."))
    try ticket(["comment", "T-2", "--as-customer", "Bo", "Thanks"])
    let resolved = try sandbox.midwatch("incident", "status", "resolved", "--data-lost", "no", "--as", "ops1")
    #expect(
      resolved.status == 0 && resolved.out.contains("clocks go on after INC-1"),
      "\(resolved.out)\(resolved.err)")
    #expect(
      resolved.err.contains("Tell them: midwatch ticket reply --incident INC-1 --template solved"),
      "\(resolved.err)")
    #expect(try ticket(["list", "id:2"]).out.contains("pending_support"))
    try ticket(["reply", "--incident", "INC-1", "--template", "solved", "--yes"])
    #expect(
      try ticket(["reply", "--incident", "INC-7", "x", "--yes"], status: 1).err.contains(
        "There is no incident INC-7"))
  }

  @Test func cannedRepliesAreFilledOrNamed() throws {
    try open("Charged twice")
    #expect(try ticket(["comment", "T-1", "--template", "list"]).out.contains("place"))
    let missing = try ticket(["comment", "T-1", "--public", "--yes", "--template", "place"], status: 1)
    #expect(
      missing.err.contains("Still to be filled: {{place}} (place) with --field place=…."), "\(missing.err)")
    try ticket(["comment", "T-1", "--public", "--yes", "--template", "place", "--field", "place=page 4"])
    #expect(try ticket(["show", "T-1"]).out.contains("Dear Ada, see page 4."))
    #expect(
      try ticket(["comment", "T-1", "--public", "--yes", "--template", "nope"], status: 1).err.contains(
        "There is no canned reply nope; there is place, known, solved, ask, looking, done."))
  }

  @Test func whatMayBeTheSameIsNamed() throws {
    try open("Charged twice for one pack")
    let second = try ticket([
      "open", "--system", "shop", "--requester", "Ada", "Pack", "charged", "two", "times",
    ])
    #expect(second.out.contains("T-2 S3 open — Pack charged two times"))
    #expect(
      second.err.contains(
        "Perhaps the same as T-1, open: Charged twice for one pack (same requester, both say "),
      "\(second.err)")
    #expect(try ticket(["show", "1"]).out.contains("like it    T-2 Pack charged two times"))
    try ticket(["merge", "T-2", "--into", "1"])
    let shown = try ticket(["show", "1"]).out
    #expect(shown.contains("T-2 was merged into this") && shown.contains("Ada wrote (T-2)"), "\(shown)")
    #expect(!shown.contains("like it"))
  }

  @Test func clocksSayWhy() throws {
    try open("Down", more: ["--severity", "S1", "--asked", "-30m"])
    let text = try ticket(["why", "1"]).out
    #expect(text.contains("mitigate, S1: 15m at any hour, from ") && text.contains("breached "), "\(text)")
    #expect(text.contains("resolve, S1: 2h at any hour") && text.contains("used 30m"), "\(text)")
    try ticket(["pause", "1", "--reason", "the bank"])
    let document = try document(["why", "1", "resolve"])
    let ledgers = try #require(document["ledgers"] as? [[String: Any]])
    #expect(document["schema"] as? String == "midwatch.ticket_clocks/1" && ledgers.count == 1)
    #expect(ledgers.first?["target_seconds"] as? Int == 7200)
    #expect((ledgers.first?["verdict"] as? String)?.contains("standing still: third_party") == true)
    try open("Whenever", more: ["--severity", "S4"])
    #expect(try ticket(["why", "2"]).out == "S4 sets no time for T-2.\n")
  }

  @Test func whatCannotBeIsRefusedInASentence() throws {
    try open("Charged twice")
    let table: [([String], Int32, String)] = [
      (["show", "9"], 1, "There is no ticket T-9; `midwatch ticket list` shows them."),
      (["list", "state:done", "colour:red"], 64, "The filter, column 1: \"done\" is no state"),
      (["list", "colour:red"], 64, "The filter, column 1: no filter knows \"colour:\""),
      (["list", "--saved", "mine"], 1, "There is no filter mine; `midwatch ticket filter save` saves one."),
      (["list", "--limit", "0"], 64, "--limit is a number from 1 to 100000."),
      (["assign", "T-1"], 64, "Name one ticket or more, and then who: a handle, me, or none."),
      (["severity", "T-1", "S9"], 64, "\"S9\" is no severity; write S1, S2, S3 or S4."),
      (["priority", "T-1", "soon"], 64, "\"soon\" is no priority; write one of low, normal, high, urgent."),
      (["status", "T-1", "done"], 64, "\"done\" is no state; write one of open, pending_support"),
      (["tag", "T-1"], 64, "Name a tag with --add or --remove."),
      (["why", "T-1", "snooze"], 64, "\"snooze\" is no clock; write one of respond, mitigate, resolve."),
      (["search", "!?"], 64, "Write a word to look for."),
      (["link", "T-1", "INC-4"], 1, "There is no incident INC-4"),
      (["merge", "T-1", "--into", "1"], 1, "T-1 cannot be merged into itself."),
      (["reopen", "T-1"], 64, "--reason"),
      (
        ["comment", "T-1", "--internal", "--attach", "nothing.pdf", "x"], 1,
        "There is no file nothing.pdf to attach."
      ),
      (["open", "--requester", "Ada", "--system", "nope", "x"], 1, "There is no system nope"),
      (["filter", "save", "bad", "state:done"], 64, "The filter, column 1: \"done\" is no state"),
      (["filter", "drop", "mine"], 1, "There is no filter mine."),
      (["resume", "T-1"], 1, "T-1 waits for no third party."),
    ]
    for (words, status, sentence) in table {
      let outcome = try ticket(words, status: status)
      #expect(outcome.err.contains(sentence), "\(words): \(outcome.err)")
      #expect(outcome.out.isEmpty, "\(words): \(outcome.out)")
    }
  }

  /// What a customer writes reaches the terminal as text.
  @Test func filesThatAreNotWhole() throws {
    try open("Cannot pay")
    let full = try ticket(["export", "-o", "/dev/full"], status: 1)
    #expect(full.err.contains("Not all could be written: No space left on device."))
    try sandbox.write("before", to: "kept.csv")
    let csv = try ticket(["export"]).out
    let piped = try Child.run(
      "/bin/sh",
      [
        "-c",
        "printf 'id,subject,requester,text\\n7,Piped,Bo,Help\\n' | \(Binary.path) ticket import - --kind csv --source zd",
      ],
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path)
    #expect(piped.status == 0, "\(piped.out)\(piped.err)")
    #expect(piped.out.contains("1 read: 1 were taken in"))
    #expect(csv.contains("Cannot pay"))
    let nowhere = try ticket(["import", "kept.csv", "--system", "nope"], status: 1)
    #expect(nowhere.err.contains("There is no system nope here"))
    let unfilled = try ticket(["comment", "1", "--public", "--yes", "hello {{who}}"], status: 1)
    #expect(unfilled.err.contains("Fill in {{who}} first"))
  }

  @Test func hostileTextStaysText() throws {
    try open("Hi\u{1B}[2J\u{202E}there", by: "Ada\u{1B}]0;x\u{7}")
    try ticket(["comment", "T-1", "--as-customer", "Eve\u{1B}[31m", "a\u{9B}31mb"])
    for words in [["list"], ["show", "1"], ["search", "there"], ["why", "1"]] {
      let out = try ticket(words).out
      #expect(
        !out.unicodeScalars.contains { ["\u{1B}", "\u{9B}", "\u{7}", "\u{202E}"].contains($0) }, "\(words)")
    }
  }

  /// The lines of docs/tickets.md, one after the other.
  @Test func whatTheDocumentSaysWorks() throws {
    let url = URL(fileURLWithPath: Project.root + "/docs/tickets.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```sh\n").dropFirst().first)
    let lines = block.components(separatedBy: "```").first?.split(separator: "\n").map(String.init) ?? []
    #expect(lines.count > 30 && lines.allSatisfy { $0.hasPrefix("midwatch ") })
    let path = URL(fileURLWithPath: Binary.path).deletingLastPathComponent().path
    var environment = Sandbox.clean.merging(sandbox.environment) { $1 }
    environment["PATH"] = "\(path):\(environment["PATH"] ?? "")"
    environment["MIDWATCH_ROLES"] = "support,admin"
    for line in lines {
      let outcome = try Child.run("/bin/sh", ["-c", line], environment: environment, in: sandbox.path)
      #expect(outcome.status == 0 && !outcome.out.isEmpty, "\(line): \(outcome.out)\(outcome.err)")
    }
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
    #expect(try keys([]) == ["T-1", "T-3"])
  }
}
