import Foundation
import TestSupport
import Testing

/// `midwatch retro` and `midwatch journal`, in one state folder.
@Suite struct RetroVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      severities:
        S2: {means: Some cannot buy, respond: 1h}
      follow_ups:
        - {due: 24h, playbook: postmortem}
      deliveries:
        tracker: {webhook: "http://127.0.0.1:9/issues"}
        chat: {slack: "http://127.0.0.1:9/hook"}
      retro:
        sections: [summary, root cause, follow-up tasks]
        append: notes/DEVELOPER_HANDOFF.me
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write("# Postmortem\n\n1. Write it\n", to: "playbooks/shop/postmortem.md")
    try sandbox.write("# Hand-off\n\nNo end", to: "notes/DEVELOPER_HANDOFF.me")
  }

  @discardableResult
  private func run(
    _ words: String..., status: Int32 = 0, _ location: SourceLocation = #_sourceLocation
  ) throws -> Binary.Outcome {
    let outcome = try Binary.run(
      words + ["--as", "ops1"], environment: sandbox.environment, in: sandbox.path)
    #expect(outcome.status == status, "\(words): \(outcome.out)\(outcome.err)", sourceLocation: location)
    return outcome
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOfFile: sandbox.path + "/" + file, encoding: .utf8)
  }

  private func resolved() throws {
    try run("incident", "declare", "--system", "shop", "--severity", "S2", "Checkout fails")
    try run("incident", "status", "--incident", "INC-1", "--data-lost", "no", "resolved")
  }

  /// The lines of a document's blocks that begin so, one after the other.
  private func lines(of document: String, _ prefix: String) throws -> [String] {
    let url = URL(fileURLWithPath: Project.root + "/docs/\(document)")
    let parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "```sh\n").dropFirst()
    return parts.flatMap { $0.components(separatedBy: "```").first?.split(separator: "\n") ?? [] }
      .map(String.init).filter { $0.contains(prefix) }
  }

  private func shell(_ line: String) throws -> Child.Outcome {
    let path = URL(fileURLWithPath: Binary.path).deletingLastPathComponent().path
    var environment = Sandbox.clean.merging(sandbox.environment) { $1 }
    environment["PATH"] = "\(path):\(environment["PATH"] ?? "")"
    return try Child.run("/bin/sh", ["-c", line], environment: environment, in: sandbox.path)
  }

  @Test func whatTheDocumentSaysWorks() throws {
    try resolved()
    let lines = try lines(of: "retro.md", "midwatch retro ")
    #expect(lines.count > 20)
    for line in lines {
      let outcome = try shell(line)
      #expect(outcome.status == 0 && !outcome.out.isEmpty, "\(line): \(outcome.out)\(outcome.err)")
    }
    let handOff = try text("notes/DEVELOPER_HANDOFF.me")
    #expect(handOff.hasPrefix("# Hand-off\n\nNo end\n\n<!-- midwatch retro entry INC-1 "))
    #expect(handOff.contains("Checkout answered 503 for 20 minutes."))
    #expect(handOff.contains("### Root cause\n\nThe pool had 5 connections"))
    #expect(
      handOff.contains("- [x] Alarm on the pool, ops1")
        && handOff.contains("- [x] go through \"Postmortem\", due "))
    #expect(try text("notes/RETROS.md").hasPrefix("<!-- midwatch retro entry INC-1 "))
    #expect(try text("actions.csv").split(separator: "\r\n").count == 4)
    #expect(try run("retro", "entry", "INC-1").out.contains("already"))
    #expect(try text("notes/DEVELOPER_HANDOFF.me") == handOff)
    #expect(try run("retro", "action", "list").out == "No action item is like that.\n")
  }

  @Test func whatTheDocumentSaysOfTheJournalWorks() throws {
    try resolved()
    try run("note", "--incident", "INC-1", "Jane Roe called")
    try run("export", "INC-1", "-o", "INC-1.md")
    try run("incident", "handoff", "INC-1", "--format", "json", "-o", "handover.json")
    let timeline = try run("timeline", "--format", "json").out
    let events = try JSONSerialization.jsonObject(with: Data(timeline.utf8)) as? [String: Any]
    let rows = try #require((events?["events"] ?? events?["lines"]) as? [[String: Any]])
    let id = try #require(rows.first { "\($0["text"] ?? "")".contains("Jane Roe") }?["id"] as? String)
    try FileManager.default.createDirectory(
      atPath: sandbox.path + "/copies", withIntermediateDirectories: true)
    let lines = try lines(of: "journal.md", "midwatch journal ")
    #expect(lines.count > 6)
    for line in lines {
      let outcome = try shell(line.replacing("EVENT", with: id))
      #expect(outcome.status == 0 && !outcome.out.isEmpty, "\(line): \(outcome.out)\(outcome.err)")
      if line.contains("erase") {
        #expect(outcome.out.contains("copies/journal.db is a backup made before"), "\(outcome.out)")
      }
    }
    #expect(try !run("timeline", "--format", "json").out.contains("Jane Roe"))
    let backup = try #require(FileManager.default.contents(atPath: sandbox.path + "/copies/journal.db"))
    #expect(backup.range(of: Data("Jane Roe".utf8)) != nil)
  }

  /// Each format's stamp is read back, holds, and stops holding once the journal is another.
  @Test func stampsOfEveryFormatAreHeldAgainstTheJournal() throws {
    try resolved()
    try run("retro", "entry", "INC-1", "--to", "entry.md")
    let formats = ["md", "json", "html", "csv"].filter { format in
      let outcome = try? Binary.run(
        ["export", "INC-1", "--format", format, "-o", "x.\(format)", "--as", "ops1"],
        environment: sandbox.environment, in: sandbox.path)
      return outcome?.status == 0
    }
    #expect(formats.count >= 2)
    try run("incident", "handoff", "INC-1", "--format", "json", "-o", "over.json")
    try run("incident", "handoff", "INC-1", "-o", "over.md")
    let files = formats.map { "x.\($0)" } + ["over.json", "over.md", "entry.md"]
    for file in files {
      let held = try run("journal", "verify", "--against", file)
      #expect(
        held.out.contains("The chain is unbroken") && held.out.contains(" holds."), "\(file): \(held.out)")
    }
    #expect(try run("journal", "verify", "--against", "x.csv").out.split(separator: "The stamp").count == 2)
    let all = try run("journal", "verify", "--against", "x.md", "--against", "over.json", "--format", "json")
      .out
    let document = try #require(try JSONSerialization.jsonObject(with: Data(all.utf8)) as? [String: Any])
    #expect(
      document["schema"] as? String == "midwatch.verify/1" && document["verdict"] as? String == "intact")
    #expect((document["stamps"] as? [[String: Any]])?.map { $0["verdict"] as? String } == ["holds", "holds"])
    // Another journal: nothing can be told of it by these.
    var other = sandbox.environment
    other["MIDWATCH_STATE"] = sandbox.path + "/other"
    _ = try Binary.run(["note", "x"], environment: other, in: sandbox.path)
    let foreign = try Binary.run(
      ["journal", "verify", "--against", "x.md", "--state", sandbox.path + "/other"], environment: other,
      in: sandbox.path)
    #expect(foreign.status == 3 && foreign.out.contains("another journal's"), "\(foreign.out)\(foreign.err)")
    try sandbox.write("nothing", to: "empty.txt")
    #expect(try run("journal", "verify", "--against", "empty.txt", status: 3).err.contains("holds no stamp"))
    #expect(
      try run("journal", "verify", "--against", "none.txt", status: 64).err.contains("no stamp and no file"))
    let bad = try text("x.md").replacing(/[0-9a-f]{64}/, with: String(repeating: "0", count: 64))
    try sandbox.write(bad, to: "bad.md")
    #expect(try run("journal", "verify", "--against", "bad.md", status: 2).out.contains("does not hold"))
  }

  @Test func actionItemsAreQueuedOnceForAWebhook() throws {
    try resolved()
    try run("retro", "action", "add", "--incident", "INC-1", "Alarm")
    try run("retro", "action", "add", "Elsewhere")
    #expect(
      try run("retro", "action", "export", "--to", "tracker", "--yes", status: 1).err.contains(
        "ACT-2 is of no incident"))
    #expect(
      try run("retro", "action", "export", "--to", "shop/chat", "--yes", status: 1).err.contains(
        "action items go to a webhook"))
    #expect(try run("retro", "action", "export", "--to", "shop/tracker", status: 1).err.contains("--yes"))
    let queued = try run("retro", "action", "export", "--to", "shop/tracker", "--yes")
    #expect(queued.out.split(separator: "\n").count == 3, "\(queued.out)")
    #expect(queued.err.contains("is not trusted as it is now"), "\(queued.err)")
    let again = try run("retro", "action", "export", "--to", "shop/tracker", "--yes")
    #expect(again.out == "nothing is left to queue\n" && again.err.contains("ACT-1 was queued by ops1"))
    let deliveries = try run("update", "deliveries", "--format", "json").out
    #expect(deliveries.components(separatedBy: "shop/tracker/action-").count >= 4, "\(deliveries)")
  }

  @Test func errorsSayWhatToDo() throws {
    try run("incident", "declare", "--system", "shop", "--severity", "S2", "Checkout fails")
    let table: [([String], Int32, String)] = [
      (["write", "INC-1", "sumary", "x"], 1, "A retro has no section sumary; it has summary,"),
      (["write", "INC-1", "summary"], 64, "Say what to write"),
      (["write", "INC-1", "summary", "--editor", "x"], 64, "not both"),
      (["write", "INC-9", "summary", "x"], 1, "There is no incident INC-9"),
      (["show", "7"], 1, "There is no incident INC-7"),
      (["entry", "INC-1"], 1, "INC-1 is Investigating; its entry is written when it is resolved."),
      (["action", "add", "--due", "soon", "x"], 64, "\"soon\" is no time"),
      (["action", "add", "--owner", "A B", "x"], 1, "A B is no handle"),
      (["action", "change", "ACT-1", "--status", "maybe"], 64, "\"maybe\" is no status"),
      (["action", "done", "ACT-4"], 1, "There is no action item ACT-4"),
      (["action", "list", "--status", "x"], 64, "\"x\" is no status"),
      (["stats", "--since", "2026-12-01", "--until", "2026-11-01"], 64, "is not before"),
      (["stats", "--severity", "P1"], 64, "\"P1\" is no severity"),
      (["stats", "--since", "then"], 64, "\"then\" is no time"),
    ]
    for (words, status, sentence) in table {
      let outcome = try Binary.run(
        ["retro"] + words + ["--as", "ops1"], environment: sandbox.environment, in: sandbox.path)
      #expect(
        outcome.status == status && outcome.err.contains(sentence), "\(words): \(outcome.out)\(outcome.err)")
    }
  }
}
