import Incidents
import Terminal
import Testing
import Values
import Watch

@testable import Console

@Suite struct ConsoleTests {
  @Test func theBellRingsOnceForEachPage() throws {
    var console = Console(options: .init(handle: "ops1"), folders: [], size: Size(width: 80, height: 24))
    func rings(_ effects: [Console.Effect]) -> Bool {
      effects.contains { if case .bell = $0 { true } else { false } }
    }
    #expect(rings(console.receive(.snapshot(Fixture.ensei), at: Fixture.now)))
    #expect(!rings(console.receive(.snapshot(Fixture.ensei), at: Fixture.now)))
    #expect(!rings(console.receive(.snapshot(Fixture.nova), at: Fixture.now)), "a warning rings no bell")
  }

  @Test func theViewChangesWithTheSecond() throws {
    let player = try Player()
    let next = player.console.nextDeadline(after: Fixture.now + .milliseconds(400))
    #expect(next == Fixture.now + .seconds(1))
    let small = try Player(size: Size(width: 20, height: 5))
    #expect(small.console.nextDeadline(after: Fixture.now) == nil)
  }

  @Test func aToastGoesAfterFiveSeconds() throws {
    var player = try Player()
    player.press("a")
    #expect(player.text.contains("z undo"))
    player.wait(.seconds(5))
    #expect(!player.text.contains("z undo"))
    player.press(":")
    player.type("log")
    player.press("Enter")
    #expect(player.text.contains("03:12:45Z  acknowledged PackErrorRatePage"))
  }

  @Test func whatIsWrongWithTheWatchItselfIsSaid() throws {
    var system = Fixture.ensei
    system.problems = ["rules.yaml:4:3: unknown key", "rules.yaml:9:1: no expr"]
    system.warnings = ["system.yaml:5:3: warning: the secret TOKEN is missing"]
    system.untrusted = ["delivery mail sends"]
    system.failures = [RuleFailure(rule: "PackReadsSlow", reason: "many-to-many matching")]
    var player = try Player(snapshots: [system])
    #expect(player.text.contains("rules.yaml:4:3: unknown key (and 1 more)"))
    #expect(player.text.contains("not trusted, does nothing: delivery mail sends"))
    #expect(player.text.contains("the rule PackReadsSlow fails: many-to-many matching"))
    player.press(":")
    player.type("warnings")
    player.press("Enter")
    #expect(player.text.contains("the watch itself"))
    #expect(player.text.contains("warning: the secret TOKEN is missing"))
  }

  @Test func aNoticeIsSaidOnEntering() throws {
    let options = Console.Options(handle: "ops1", notices: ["The journal of this demo is in /tmp/demo."])
    var console = Console(options: options, folders: [], size: Size(width: 80, height: 24))
    _ = console.receive(.snapshot(Fixture.ensei), at: Fixture.now)
    #expect(console.view(at: Fixture.now + .seconds(14)).text.contains("/tmp/demo"))
    #expect(!console.view(at: Fixture.now + .seconds(15)).text.contains("/tmp/demo"))
  }

  @Test func theSelectionFollowsItsAlert() throws {
    var player = try Player()
    player.press("j")
    #expect(player.console.subjectAlert == Fixture.backlog)
    var system = Fixture.jamble
    system.alerts[0].state = .firing
    system.alerts[0].firedAt = Fixture.now
    player.receive(.snapshot(system))
    #expect(player.console.subjectAlert == Fixture.backlog)
  }

  @Test func unknownStandsBesideDown() throws {
    let player = try Player()
    let rows = player.console.world.endpointItems()
    #expect(rows.map(\.row.state).prefix(3) == [.down, .stale, .maintenance])
    #expect(rows.last?.row.state == .up)
  }

  @Test func pausedIsNotMaintenance() throws {
    var system = Fixture.ensei
    for index in system.endpoints.indices.prefix(2) { system.endpoints[index].state = .paused }
    let player = try Player(snapshots: [system, Fixture.nova])
    let header = player.text.split(separator: "\n").first ?? ""
    #expect(header.contains("2 paused"))
    #expect(header.contains("1 maint"))
  }

  @Test func aFolderThatWasNeverTakenIsNotCalm() throws {
    var system = SystemSnapshot(system: "shop", title: "shop", at: Fixture.now)
    system.problems = ["system.yaml:9:11: this is not YAML"]
    let player = try Player(snapshots: [system], journal: TestJournal())
    #expect(!player.text.contains("no alert"))
    #expect(player.text.contains("Nothing is watched"))
    #expect(player.text.contains("shop is not watched: system.yaml:9:11: this is not YAML"))
    system.lastEvaluation = Fixture.now
    var running = try Player(snapshots: [system], journal: TestJournal())
    #expect(running.text.contains("shop goes on as before: system.yaml:9:11"))
    running.press("7")
    #expect(running.text.contains("no alert"))
  }

  @Test func aJournalThatTakesNothingIsSaidUntilItDoes() throws {
    var player = try Player(size: Size(width: 80, height: 24))
    let sentence = "The disk that holds /var/lib/midwatch/journal.db is full; free some space."
    player.receive(.engine(EngineStatus(role: .engine, epoch: 1, trouble: sentence)))
    player.receive(.unread("The journal is damaged; restore the newest backup."))
    player.wait(.minutes(2))
    #expect(player.text.contains("transitions wait to be recorded"))
    #expect(player.text.contains("free some space."), "a long sentence goes on on the next line")
    #expect(player.text.contains("is not shown as it is now"))
    player.receive(.engine(EngineStatus(role: .engine, epoch: 1)))
    player.publish()
    #expect(!player.text.contains("transitions wait"))
    #expect(!player.text.contains("is not shown as it is now"))
  }

  @Test func thePaletteFindsWhatOtherScreensHave() throws {
    var player = try Player()
    player.press(":")
    player.type("export")
    #expect(player.text.contains("Export incidents: format, for whom, template, which"))
    #expect(player.text.contains("On the screen timeline and retro, 7"))
    player.press("Enter")
    #expect(player.console.screen == .timeline)
    #expect(player.asked.isEmpty, "it goes there, and does nothing yet")
  }

  @Test func aConsoleThatCannotPollSaysWhy() throws {
    var player = try Player(snapshots: [], journal: TestJournal())
    let sentence = "/srv/state/engine.lock cannot be opened; check its owner and mode."
    player.receive(.engine(EngineStatus(role: .none, trouble: sentence)))
    #expect(player.text.contains("nobody polls"))
    #expect(player.text.contains("Nobody polls; what is here is what the journal knows."))
    #expect(player.text.contains("this console cannot poll: /srv/state/engine.lock"))
    #expect(!player.text.contains("within seconds"))
  }

  @Test func theBarOfANarrowScreenNamesTheNextDeadline() throws {
    var player = try Player(size: Size(width: 60, height: 24))
    player.press("a", "i", "Enter")
    let bar = player.text.split(separator: "\n").last { $0.hasPrefix("── INC-1") } ?? ""
    #expect(bar.contains(" in 1"), "\(bar)")
  }

  @Test func alertsStandMostSevereFirst() throws {
    let player = try Player()
    let rules = player.console.world.alertItems(at: Fixture.now).map(\.identity.rule)
    #expect(rules == ["PackErrorRatePage", "QueueBacklog", "EndpointDown"])
  }

  @Test func firingAlertsOfAnEngineThatHasNotSpokenAreShown() throws {
    let player = try Player(snapshots: [])
    #expect(player.text.contains("PackErrorRatePage"))
    #expect(player.text.contains("PAGE"))
  }

  @Test func aSilentEngineSaysSo() throws {
    var player = try Player()
    player.receive(.engine(EngineStatus(role: .viewer, epoch: 2, pid: 1, heard: Fixture.ago(.seconds(12)))))
    #expect(player.text.contains("engine silent 12s"))
    player.receive(.engine(EngineStatus(role: .none)))
    #expect(player.text.contains("nobody polls"))
  }

  @Test func aFilterWithABangLeavesOut() throws {
    var player = try Player()
    player.press("2", "/")
    player.type("!nova")
    player.press("Enter")
    #expect(player.text.contains("PackErrorRatePage"))
    #expect(!player.text.contains("QueueBacklog"))
    player.press("Esc")
    #expect(player.text.contains("QueueBacklog"))
  }

  @Test func probingPollsWhatIsSelected() throws {
    var player = try Player()
    player.press("Tab", "r")
    #expect(player.asked == ["probe jamble-inventory api"])
  }

  @Test func backAndForward() throws {
    var player = try Player()
    player.press("2", "4", "[")
    #expect(player.console.screen == .alerts)
    player.press("[")
    #expect(player.console.screen == .dashboard)
    player.press("]")
    #expect(player.console.screen == .alerts)
  }

  @Test func anAlertsDetailAsksForTheMeasuredSideOnly() throws {
    var player = try Player()
    player.press("Enter")
    let query =
      "query sum(rate(pack_requests_total{code=~\"5..\"}[5m])) / sum(rate(pack_requests_total[5m]))"
    #expect(player.asked == [query])
    #expect(player.text.contains("page ≥ 5%"))
    player.press("Esc")
    #expect(player.console.screen == .dashboard)
  }

  @Test func aFinerChartIsTaken() throws {
    var console = Console(options: .init(handle: "ops1"), folders: [], size: Size(width: 80, height: 24))
    _ = console.receive(.snapshot(Fixture.ensei), at: Fixture.now)
    var number: Int?
    for effect in console.receive(.key(.enter), at: Fixture.now) {
      if case .query(let asked, _, _, _, _, _) = effect { number = asked }
    }
    let chart = Chart(
      expression: "x", start: Fixture.ago(.hours(1)), step: .seconds(20),
      lines: [.init(name: "{}", values: Array(repeating: 0.5, count: 180))])
    _ = console.receive(.answered(try #require(number), .success(chart)), at: Fixture.now)
    #expect(console.alerts.charts[Fixture.page.key] == chart)
  }

  @Test func hostileTextReachesNoCell() throws {
    var system = Fixture.ensei
    system.alerts[0].summary = "\u{1B}[2J\u{202E}evil\u{7}"
    system.endpoints[0].reason = "\u{1B}]52;c;AAAA\u{7}\nsecond line"
    var player = try Player(snapshots: [system], journal: TestJournal())
    player.press("Enter")
    let unsafe = player.frame.cells.flatMap { Array($0.grapheme.unicodeScalars) }.filter {
      $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E
    }
    #expect(unsafe.isEmpty)
  }

  @Test(arguments: [
    ("15m", "2026-11-21T03:28:00Z"), ("03:30Z", "2026-11-21T03:30:00Z"), ("05:30", "2026-11-21T03:30:00Z"),
    ("03:00Z", "2026-11-22T03:00:00Z"),
  ])
  func aPromiseIsATimeToCome(_ text: String, _ wanted: String) throws {
    let promised = try #require(Console.promised(text, at: Fixture.now, offset: 7200, known: nil))
    #expect(promised.instant == Instant(rfc3339: wanted))
  }

  @Test(arguments: ["soon", "-5m", "25:00Z", "0"])
  func otherWordsAreNoPromise(_ text: String) {
    #expect(Console.promised(text, at: Fixture.now, offset: 0, known: nil) == nil)
  }
}
