import Incidents
import Playbooks
import Terminal
import Testing
import Values

@testable import Console

/// From `x` to what the journal has of it.
@Suite struct PlaybookRunningTests {
  private func run(_ player: Player) -> Run? { player.journal.entity(Run.self, "R-1") }

  /// Selects a step by its number.
  private func select(_ step: String, _ player: inout Player) {
    player.console.playbook.select(step)
    player.receive(.tick)
  }

  @Test func aCommandIsShownBeforeItRuns() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("x")
    #expect(player.asked == [])
    #expect(player.text.contains("grep -c timeout worker.log"))
    #expect(player.text.contains("Exactly this will run on production, in /srv/runbooks, as ops1."))
    #expect(player.text.contains("0 found, 1 none found; any other fails"))
    player.press("Esc")
    #expect(player.asked == [])
    #expect(run(player) == nil)
    player.press("x", "Enter")
    #expect(player.asked == ["StartRun", "StartCommand", "run grep -c timeout worker.log"])
    let order = try #require(player.orders.last)
    #expect(order.mode == .once)
    let execution = try #require(run(player)?.executions.first)
    #expect(execution.id == order.id)
    #expect(execution.started.cwd == "/srv/runbooks")
    #expect(run(player)?.state(of: "1.2") == .doing)
    player.write("3\n")
    player.end(exit: 1)
    #expect(player.asked.last == "FinishCommand")
    #expect(run(player)?.executions.first?.finished?.meaning == "none found")
    #expect(player.text.contains("exit 1: none found"))
    #expect(run(player)?.state(of: "1.2") == .doing, "success alone ticks nothing that is no check")
  }

  @Test func nothingRunsTwiceWhileItsStartIsSaved() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("Space", "k")
    player.forget()
    select("2.1", &player)
    player.isJournalSlow = true
    player.press("x", "Enter")
    #expect(player.asked == ["StartCommand"])
    player.press("Enter", "x", "Enter", "x", "Enter", "R", "Enter")
    #expect(player.asked == ["StartCommand"])
    #expect(player.text.contains("is just being saved") || player.text.contains("saving"))
    player.flush()
    #expect(player.asked == ["StartCommand", "run workers pause"])
    player.press("Esc", "x", "Enter")
    #expect(player.asked == ["StartCommand", "run workers pause"], "while it runs x says so")
  }

  @Test func whatTheJournalRefusesDoesNotStart() throws {
    var player = try Runbook.player()
    player.press("Space")
    select("2.1", &player)
    player.isJournalSlow = true
    player.forget()
    player.press("x", "Enter")
    player.fail("The disk is full.")
    #expect(player.asked == ["StartCommand"])
    #expect(player.text.contains("The disk is full."))
    #expect(player.console.playbook.underWay.isEmpty)
  }

  @Test func theEndIsAskedForAgainUntilTheJournalTakesIt() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("x", "Enter")
    player.isJournalSlow = true
    player.forget()
    player.end()
    player.fail("The journal is locked.")
    #expect(player.text.contains("not saved yet"))
    #expect(player.text.contains("saving"))
    player.press("q")
    #expect(player.text.contains("Something is still being saved"))
    player.press("Esc")
    player.receive(.tick)
    #expect(player.asked == ["FinishCommand"], "not before its time")
    player.wait(.seconds(3))
    player.receive(.tick)
    #expect(player.asked == ["FinishCommand", "FinishCommand"])
    player.isJournalSlow = false
    player.flush()
    #expect(run(player)?.executions.first?.finished?.exit == 0)
    #expect(player.console.playbook.underWay.isEmpty)
  }

  @Test func aDestructiveOneWantsTheTargetsName() throws {
    var player = try Runbook.player()
    select("2.2", &player)
    player.press("x")
    #expect(player.text.contains("This changes production: it matches drain."))
    player.press("Enter")
    #expect(player.text.contains("Nothing was run: type production first."))
    player.type("prod")
    player.press("Enter")
    #expect(player.text.contains("Nothing was run: that is not production."))
    #expect(player.asked == [])
    player.press("^U")
    player.type("production")
    player.press("Enter")
    #expect(player.asked.last == "run queue drain billing")
  }

  @Test func severalCommandsGoOneAtATimeOrAllUpToTheFirstFailure() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("x", "Enter")
    player.end()
    player.press("x")
    // The second needs a value: it is asked for, and then what runs is shown.
    #expect(player.text.contains("Which region?"))
    player.press("Right", "Enter")
    #expect(player.text.contains("grep -c us-east worker.log"))
    player.press("Esc", "R", "Enter")
    #expect(player.orders.last?.plan.text.shown == "grep -c us-east worker.log")
    player.end()
    player.press("R")
    #expect(player.text.contains("Exactly these 2, one after the other,"))
    player.press("Enter")
    player.end(exit: 2)
    #expect(player.orders.count == 3, "the second is not run after a failure")
    #expect(run(player)?.state(of: "1.2") == .failed)
    #expect(player.text.contains("failed: exit 2"))
    player.press("R", "Enter")
    player.end()
    #expect(player.orders.map(\.plan.index) == [0, 1, 0, 0, 1])
  }

  @Test func aCheckThatPassedTicksItsStep() throws {
    var player = try Runbook.player()
    player.press("x")
    #expect(player.text.contains("every 10s until"))
    player.press("Enter")
    #expect(player.orders.last?.mode == .check)
    player.wait(.seconds(12))
    player.write("231\n")
    #expect(player.text.contains("running"))
    player.end(tries: 3)
    #expect(player.asked.suffix(2) == ["FinishCommand", "TickStep"])
    let mark = try #require(run(player)?.marks["1.1"])
    #expect(mark.state == .done)
    #expect(mark.means == .check)
  }

  @Test func whatRunsBesideEndsWithTheRun() throws {
    var player = try Runbook.player()
    select("1.3", &player)
    player.press("x", "Enter")
    #expect(player.orders.last?.mode == .background)
    player.press("F")
    #expect(player.text.contains("One command still runs; it is ended with the run."))
    player.press("Enter")
    #expect(player.asked.suffix(2) == ["FinishRun", "cancel tail -f worker.log"])
    player.end(exit: nil, signal: "SIGTERM", cause: .closed)
    #expect(run(player)?.executions.first?.finished?.cause == .closed)
  }

  @Test func endingACommandAsksFirst() throws {
    var player = try Runbook.player()
    select("2.1", &player)
    player.press("x", "Enter")
    player.wait(.seconds(45))
    #expect(player.text.contains("silent for 45s"))
    player.forget()
    player.press("C")
    #expect(player.text.contains("TERM") && player.text.contains("KILL"))
    player.press("Esc")
    #expect(player.asked == [])
    player.press("C", "Enter")
    #expect(player.asked == ["cancel workers pause"])
    #expect(player.text.contains("ending"))
    player.end(exit: nil, signal: "SIGTERM", cause: .cancelled)
    #expect(run(player)?.state(of: "2.1") == .failed)
    #expect(player.text.contains("cancelled"))
  }

  @Test func quittingWhileACommandRunsAsks() throws {
    var player = try Runbook.player()
    select("2.1", &player)
    player.press("x", "Enter")
    player.forget()
    player.press("q")
    #expect(player.asked == [])
    #expect(player.text.contains("2.1 still runs: workers pause. Leaving ends it."))
    player.press("Esc", "q", "Enter")
    #expect(player.asked == ["quit"])
  }

  @Test func anInteractiveOneGetsTheTerminal() throws {
    var player = try Runbook.player()
    select("2.1", &player)
    player.press("X")
    #expect(player.text.contains("it has the terminal until it ends; nothing of its"))
    player.press("Enter")
    #expect(player.asked.last == "run in terminal workers pause")
    player.end()
    #expect(player.text.contains("It had the terminal in its hands"))
  }

  @Test func aSecretIsNeverShownAndItsOutputNotKept() throws {
    var player = try Runbook.player()
    select("2.3", &player)
    player.press("x")
    player.type("s3cr3t-t0ken")
    player.press("Enter")
    #expect(player.text.contains("token rotate --old •••"))
    #expect(player.text.contains("only its digest is kept"))
    player.press("Enter")
    #expect(player.orders.last?.plan.text.exact.revealed() == "token rotate --old s3cr3t-t0ken")
    player.write("done\n")
    player.end()
    #expect(run(player)?.executions.first?.finished?.output == nil)
    #expect(!player.text.contains("s3cr3t"))
    for event in player.journal.events {
      #expect(!String(decoding: event.body ?? [], as: UTF8.self).contains("s3cr3t"))
    }
  }

  @Test func anUnknownOutcomeIsAskedAboutOnceMore() throws {
    var player = try Runbook.player()
    select("2.1", &player)
    player.press("x", "Enter")
    let order = try #require(player.orders.last)
    // Another process finds that this one is gone.
    var other = try Player(
      journal: player.journal, guides: [Runbook.guide],
      options: { $0.process = ProcessMark(host: "jump2", boot: "b007", pid: 4800, since: 99) })
    other.texts["bb22"] = Runbook.text
    _ = try other.journal.perform(
      LoseCommand(run: "R-1", id: order.id, reason: "Its console is gone."), by: "ops1", at: other.now)
    other.publish()
    other.press("4", "g", "Enter")
    select("2.1", &other)
    other.receive(.orphans([Orphan(id: order.id, pid: 4242)]))
    #expect(other.text.contains("outcome unknown"))
    #expect(other.text.contains("its process 4242 is still alive"))
    other.press("C")
    #expect(other.text.contains("Its process 4242 was left behind"))
    other.press("Enter")
    #expect(other.asked.last == "cancel \(order.id)")
    other.receive(.orphans([]))
    other.forget()
    other.press("x", "Enter")
    #expect(other.asked == [])
    #expect(other.text.contains("Enter once more runs it again."))
    other.press("Enter")
    #expect(other.asked == ["StartCommand", "run workers pause"])
    #expect(other.orders.last?.id != order.id)
  }

  @Test func whatOthersWroteIsReadFromTheJournal() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("x", "Enter")
    player.write("first line\nsecond line\n")
    player.end()
    var other = try Player(journal: player.journal, guides: [Runbook.guide])
    other.texts["bb22"] = Runbook.text
    other.blobs = player.blobs
    other.publish()
    other.press("4", "g", "Enter")
    select("1.2", &other)
    #expect(other.asked.contains { $0.hasPrefix("read 88c1") })
    #expect(other.text.contains("second line"))
    #expect(other.asked.count { $0.hasPrefix("read") } == 1)
  }

  @Test(arguments: [
    ("noExec", "--no-exec"), ("untrusted", "Nobody trusts"), ("reference", "for reference"),
    ("instruction", "Instruction mode"),
    ("readOnly", "only reads"), ("noProcess", "starts no processes"),
  ]) func nothingRunsWhereItMayNot(_ why: String, _ sentence: String) throws {
    var guide = Runbook.guide
    if why == "reference" { guide.environments[0].isReference = true }
    var player = try Runbook.player(guide: guide, readOnly: why == "readOnly") { options in
      if why == "noExec" { options.mayExecute = false }
      if why == "noProcess" { options.process = nil }
    }
    if why == "untrusted" {
      player.trusted = [:]
      player.publish()
    }
    select("2.1", &player)
    if why == "instruction" { player.press("I") }
    for key in ["x", "X", "R"] {
      player.press(key)
      #expect(player.text.contains(sentence), "\(key)")
      player.press("Enter", "Esc")
    }
    #expect(!player.asked.contains { $0.hasPrefix("run") })
    #expect(player.orders.isEmpty)
    select("2.1", &player)
    player.press("y")
    #expect(player.copied == ["workers pause"], "copying goes on")
  }

  @Test func whatIsTrustedIsTheFolderAsItIs() throws {
    var player = try Runbook.player()
    select("2.1", &player)
    player.press("x")
    #expect(player.console.playbook.preview != nil)
    player.trusted = [Fixture.enseiPath: "another"]
    player.publish()
    player.press("Enter")
    #expect(player.asked == [])
    #expect(player.text.contains("Nobody trusts"))
  }
}
