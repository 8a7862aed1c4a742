import Foundation
import TestSupport
import Testing

/// Silences and acknowledgements from the command line, with an engine that runs and without one.
@Suite struct SilenceVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write("title: Shop\nevery: 1s\n", to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      groups:
        - name: shop
          rules:
            - {alert: QueueBacklog, expr: "vector(250) > 200", labels: {severity: page, queue: billing}}
      """, to: "playbooks/shop/rules.yaml")
  }

  /// The engine, once it has told the journal that the alert fires.
  private func agent() throws -> Child {
    let files = (out: sandbox.path + "/out", err: sandbox.path + "/err")
    let child = try Child(
      Binary.path, ["agent"], environment: Sandbox.clean.merging(sandbox.environment) { $1 }, files: files)
    try wait(for: "the alert") {
      $0.contains("PAGE firing QueueBacklog shop")
    } in: {
      String(decoding: FileManager.default.contents(atPath: files.out) ?? Data(), as: UTF8.self)
    }
    return child
  }

  private func wait(for what: String, _ holds: (String) -> Bool, in text: () throws -> String) throws {
    var last = ""
    do {
      _ = try Condition.wait(for: what) {
        last = try text()
        return holds(last) ? true : nil
      }
    } catch {
      Issue.record("the last was:\n\(last)")
      throw error
    }
  }

  private func waitForCheck(_ status: Int32) throws -> Binary.Outcome {
    try Condition.wait(for: "check to exit \(status)") {
      let outcome = try sandbox.midwatch("check")
      return outcome.status == status ? outcome : nil
    }
  }

  private func end(_ child: Child) {
    #expect(kill(child.id, SIGTERM) == 0)
    #expect(child.wait() == 0)
  }

  @Test func anAlertIsSilencedByTheEngineUntilTheSilenceIsEnded() throws {
    let child = try agent()
    defer { child.end() }
    #expect(try sandbox.midwatch("check").status == 2)
    let dry = try sandbox.midwatch("silence", "add", "--dry-run", "QueueBacklog")
    #expect(dry.status == 0, "\(dry.err)")
    #expect(
      dry.out.hasPrefix("it would be a silence that hides 1 alert that fires now, until "), "\(dry.out)")
    #expect(try sandbox.midwatch("silence", "list").out == "Nothing is silenced.\n")

    let added = try sandbox.midwatch(
      "silence", "add", "--for", "2h", "--comment", "invoices rerun", "queue=~\"bill.*\"")
    #expect(added.status == 0, "\(added.err)")
    #expect(added.out.hasPrefix("SIL-1 hides 1 alert that fires now, until "), "\(added.out)")
    let silenced = try waitForCheck(0)
    #expect(
      silenced.out.contains("PAGE") && silenced.out.contains("silenced by ops1 until "), "\(silenced.out)")
    let alerts = try sandbox.midwatch("alerts")
    #expect(
      try alerts.out.contains(Regex(#"QueueBacklog .*silenced by ops1 until [^ ]+ \(SIL-1\)"#)),
      "\(alerts.out)")
    let list = try sandbox.midwatch("silence", "list")
    #expect(
      try list.out.contains(
        Regex(#"^SIL-1  active  shop  hides 1  ends .* in (2h|1h59m).*ops1: invoices rerun"#)), "\(list.out)")

    let extended = try sandbox.midwatch("silence", "extend", "SIL-1", "--for", "5h", "--reason", "not done")
    #expect(extended.status == 0 && extended.out.hasPrefix("SIL-1 ends at "), "\(extended.err)")
    #expect(try sandbox.midwatch("silence").out.contains(Regex("in (5h|4h59m)")))
    #expect(try sandbox.midwatch("check").status == 0)

    let expired = try sandbox.midwatch("silence", "expire", "SIL-1", "--reason", "done")
    #expect(expired.status == 0 && expired.out == "SIL-1 is ended\n", "\(expired.err)")
    #expect(try !waitForCheck(2).out.contains("silenced"))
    #expect(try sandbox.midwatch("alerts").out.contains("unacknowledged"))
    #expect(try sandbox.midwatch("silence", "list").out == "Nothing is silenced.\n")
    #expect(try sandbox.midwatch("silence", "list", "--all").out.contains("SIL-1  expired  shop"))
    end(child)
  }

  @Test func theJournalsSilencesCountWhereNoEngineRuns() throws {
    end(try agent())
    #expect(try sandbox.midwatch("check").status == 2)
    let others = try sandbox.midwatch("silence", "add", "--comment", "another", "queue=mail")
    #expect(others.out.hasPrefix("SIL-1 hides 0 alerts that fire now"), "\(others.out)\(others.err)")
    let later = try sandbox.midwatch(
      "silence", "add", "--from", "2h", "--for", "1h", "--comment", "tonight", "QueueBacklog")
    #expect(later.status == 0, "\(later.err)")
    #expect(try sandbox.midwatch("check").status == 2, "neither is for it now")
    let before = try sandbox.midwatch("journal", "verify").out

    #expect(try sandbox.midwatch("silence", "add", "--comment", "known", "QueueBacklog").status == 0)
    let head = try sandbox.midwatch("journal", "verify").out
    #expect(head != before)
    let check = try sandbox.midwatch("check")
    #expect(check.status == 0 && check.out.contains("silenced by ops1 until "), "\(check.out)\(check.err)")
    let json = try sandbox.midwatch("check", "--format", "json")
    #expect(json.status == 0 && json.out.contains("\"SIL-3\""), "\(json.out)")
    #expect(try sandbox.midwatch("alerts").out.contains("(SIL-3)"))
    #expect(try sandbox.midwatch("journal", "verify").out == head, "whoever looks records nothing")

    #expect(try sandbox.midwatch("silence", "expire", "SIL-3").status == 0)
    #expect(try sandbox.midwatch("check").status == 2)
    #expect(try sandbox.midwatch("alerts").out.contains("unacknowledged"))
    // A journal that cannot be read hides nothing, and it is told.
    try sandbox.write("no database", to: "state/journal.db")
    let unread = try sandbox.midwatch("check")
    #expect(
      unread.status == 2 && unread.err.contains("silences, and what is trusted, are not known"),
      "\(unread.err)")
  }

  @Test func whatIsNoSilenceIsRefusedInASentence() throws {
    let early = try sandbox.midwatch("silence", "list")
    #expect(early.status == 1 && early.err.contains("journal"), "\(early.err)")
    end(try agent())
    let usage: [([String], String)] = [
      (["add", "--comment", "x", "queue=~\"(\""], "These are no matchers"),
      (["add", "--comment", "x", "queue=~\".*\""], "matches whatever lacks such a label"),
      (["add", "--comment", "x", "--for", "soon", "QueueBacklog"], "\"soon\" is no time"),
      (["add", "--comment", "x", "--from", "25:99", "QueueBacklog"], "\"25:99\" is no time"),
      (["add", "QueueBacklog"], "A silence needs a comment"),
      (["add", "--comment", " ", "QueueBacklog"], "A silence needs a comment"),
      (["add", "--comment", "x"], "matchers"),
      (["extend", "SIL-1", "--for", "2h"], "--reason"),
      (["extend", "SIL-1", "--for=-2h", "--reason", "x"], "no time"),
      (["expire"], "silences"),
    ]
    for (arguments, sentence) in usage {
      let outcome = try Binary.run(["silence"] + arguments, environment: sandbox.environment)
      #expect(outcome.status == 64 && outcome.err.contains(sentence), "\(arguments): \(outcome.err)")
      #expect(outcome.out.isEmpty)
    }
    let refused: [([String], String)] = [
      (["add", "--comment", "x", "alertname=~\".+\""], "This hides every alert of shop"),
      (["add", "--comment", "x", "--system", "other", "QueueBacklog"], "No system other was ever watched"),
      (["add", "--comment", "x", "--for", "9000h", "QueueBacklog"], "more than a year away"),
      (["add", "--comment", "x", "--for", "2020-01-01T00:00:00Z", "QueueBacklog"], "is past"),
      (["extend", "SIL-9", "--for", "2h", "--reason", "x"], "There is no silence SIL-9"),
      (["expire", "SIL-9"], "There is no silence SIL-9"),
    ]
    for (arguments, sentence) in refused {
      let outcome = try Binary.run(["silence"] + arguments, environment: sandbox.environment)
      #expect(outcome.status == 1 && outcome.err.contains(sentence), "\(arguments): \(outcome.err)")
      #expect(outcome.out.isEmpty)
    }
    #expect(try sandbox.midwatch("silence", "list", "--all").out == "Nothing is silenced.\n")
    let meant = try sandbox.midwatch(
      "silence", "add", "--everything", "--comment", "move", "alertname=~\".+\"")
    #expect(meant.status == 0 && meant.out.contains("hides 1 alert"), "\(meant.err)")
    #expect(try sandbox.midwatch("silence", "expire", "SIL-1").status == 0)
    let again = try sandbox.midwatch("silence", "expire", "SIL-1")
    #expect(again.status == 1 && again.err.contains("SIL-1 is over since"), "\(again.err)")
  }

  @Test func anAcknowledgementHasAReasonAndEnds() throws {
    let child = try agent()
    defer { child.end() }
    let taken = try sandbox.midwatch("ack", "QueueBacklog", "--for", "2h", "--reason", "looking at it")
    #expect(taken.status == 0, "\(taken.err)")
    #expect(taken.out.hasPrefix("acknowledged QueueBacklog of shop until "), "\(taken.out)")
    #expect(try sandbox.midwatch("alerts").out.contains("acknowledged by ops1 until "))
    #expect(try sandbox.midwatch("timeline").out.contains("looking at it"))
    #expect(try sandbox.midwatch("check").status == 2, "somebody has it, and it fires all the same")
    let again = try sandbox.midwatch("ack", "QueueBacklog", "--as", "ops2")
    #expect(again.status == 1 && again.err.contains("ops1"), "\(again.err)")
    for (arguments, status, sentence) in [
      (["ack", "Nothing"], Int32(1), "No firing alert is called Nothing"),
      (["ack", "other/QueueBacklog"], 1, "No firing alert is called other/QueueBacklog"),
      (["ack", "QueueBacklog", "--for", "soon"], 64, "\"soon\" is no time"),
      (["ack"], 64, "alert"),
    ] {
      let outcome = try Binary.run(arguments, environment: sandbox.environment)
      #expect(outcome.status == status && outcome.err.contains(sentence), "\(arguments): \(outcome.err)")
    }
    end(child)
  }

  @Test func anAcknowledgementRunsOutByItself() throws {
    let child = try agent()
    defer { child.end() }
    #expect(try sandbox.midwatch("ack", "shop/QueueBacklog", "--for", "1s").status == 0)
    try wait(for: "its end") {
      $0.contains("unacknowledged, ops1's time ran out")
    } in: {
      try sandbox.midwatch("alerts").out
    }
    #expect(try sandbox.midwatch("ack", "QueueBacklog", "--as", "ops2").status == 0)
    #expect(try sandbox.midwatch("alerts").out.contains("acknowledged by ops2"))
    end(child)
  }
}
