import Incidents
import Retro
import Terminal
import Testing
import Values

@testable import Console

/// Screen 7 by its keys: finding events, looking closer, going to what they are about.
@Suite struct BrowsingTests {
  private func listed(_ player: Player) -> [String] {
    player.console.timeline.listed(player.console.world, at: player.now).map(\.text)
  }

  private func selected(_ player: Player) -> TimelineLine? {
    player.console.timeline.selectedLine(player.console.world, at: player.now)
  }

  /// Types a filter and keeps it.
  private func filter(_ text: String, _ player: inout Player) {
    player.press("/", "^U")
    player.type(text)
    player.press("Enter")
  }

  @Test func everyEventIsListedNewestLast() throws {
    var player = try RetroFixture.player()
    player.press("v")
    let page = try #require(player.console.world.events)
    #expect(page.lines.count == player.journal.events.count)
    #expect(page.lines.map(\.occurred) == page.lines.map(\.occurred).sorted())
    #expect(selected(player)?.id == page.lines.last?.id)
    #expect(page.strip?.found == player.journal.events.count)
    // What is written now comes to the end of the list, and the selection goes with it.
    player.press("n")
    player.type("still at it")
    player.press("Enter")
    #expect(selected(player)?.text == "still at it")
  }

  @Test(
    arguments: [
      ("kind:declared", ["INC-1", "INC-2", "INC-3"]), ("actor:ops2", ["version 4.1.0", "version 4.1.0"]),
      ("system:nova-rms kind:fired", ["QueueBacklog"]), ("incident:2 kind:note", ["version 4.1.0"]),
      ("since:-10d kind:note", ["version 4.1.0"]), ("kind:declared !incident:1,3", ["INC-2"]),
      ("kind:note client version", ["version 4.1.0", "version 4.1.0"]), ("actor:nobody", []),
    ])
  func filters(_ text: String, _ parts: [String]) throws {
    var player = try RetroFixture.player()
    player.press("v")
    filter(text, &player)
    let lines = listed(player)
    #expect(lines.count == parts.count)
    for (line, part) in zip(lines, parts) { #expect(line.contains(part)) }
  }

  @Test func whatIsPinnedStaysButNotOutsideTheTime() throws {
    var player = try RetroFixture.player()
    player.press("v")
    filter("kind:note", &player)
    #expect(player.text.contains("✎ note") && !player.text.contains("★"))
    player.press("g", "*")
    #expect(selected(player)?.isPinned == true)
    #expect(player.text.contains("✎ note") && player.text.contains("★ note"), "one of the two is pinned")
    filter("kind:declared", &player)
    #expect(listed(player).count == 4)
    #expect(player.text.contains("3 of"))
    filter("kind:declared since:-10d", &player)
    #expect(listed(player).count == 2)
    filter("is:pinned", &player)
    #expect(listed(player) == ["errors all carry client version 4.1.0"])
    // The same in the timeline of its incident.
    player.press("Esc", "v", "v", "v")
    #expect(player.console.timeline.view == .timeline)
    player.press("Tab", "G", "Tab")
    filter("kind:declared", &player)
    #expect(listed(player).count == 2)
  }

  @Test func mistakesAreMarkedUnderTheirColumn() throws {
    var player = try RetroFixture.player()
    player.press("v", "/")
    player.type("kind:note colour:red")
    let rows = player.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let line = try #require(rows.lastIndex { $0.contains("colour:red") })
    let column = try #require(rows[line].firstRange(of: "colour"))
    #expect(
      rows[line + 1].prefix { $0 != "^" }.count
        == rows[line].distance(from: rows[line].startIndex, to: column.lowerBound))
    #expect(rows[line + 2].contains("no filter knows \"colour:\""))
    // What was understood holds meanwhile.
    #expect(listed(player).count == 2)
  }

  @Test func closerAndWider() throws {
    var player = try RetroFixture.player()
    player.press("v")
    filter("kind:declared", &player)
    player.press("g")
    let id = try #require(selected(player)?.id)
    filter("incident:1", &player)
    for (key, count) in [("+", 1), ("+", 1), ("+", 1), ("+", 1)] {
      player.press(key)
      #expect(listed(player).count >= count)
    }
    #expect(player.console.timeline.window?.length == .minutes)
    player.press("+")
    #expect(player.text.contains("10 minutes is as close as it gets"))
    #expect(player.console.timeline.window?.length == .minutes)
    for _ in 0..<4 { player.press("-") }
    #expect(player.console.timeline.window == nil)
    #expect(player.console.world.events?.lines.contains { $0.id == id } == true)
  }

  @Test func goesToWhatAnEventIsAbout() throws {
    func screen(_ text: String) throws -> (Screen, Player) {
      var player = try RetroFixture.player()
      player.press("p", "Space", "7", "v")
      filter(text, &player)
      player.press("G", "Enter")
      return (player.console.screen, player)
    }
    #expect(try screen("kind:alert.fired system:ensei-packs").0 == .alerts)
    #expect(try screen("kind:run.started").0 == .playbook)
    let (declared, player) = try screen("kind:declared incident:2")
    #expect(declared == .incident)
    #expect(player.console.incident.key == "INC-2")
    // An alert that is long over is shown as an event.
    var gone = try RetroFixture.player()
    gone.press("v")
    filter("kind:note", &gone)
    gone.press("d")
    #expect(gone.text.contains("kind note.added, by ops2@jump2#1000"))
    gone.press("Esc", "Enter")
    #expect(gone.console.screen == .incident)
    gone.press("[")
    #expect(gone.console.screen == .timeline)
  }

  /// Pages follow the selection both ways through more events than a page has, without a jump.
  @Test func pagesFollow() throws {
    var journal = TestJournal()
    for number in 0..<450 {
      _ = try journal.perform(
        AddNote("note \(number)", isForJournal: true), by: "ops1",
        at: Fixture.ago(.minutes(Int64(450 - number))))
    }
    var player = try Player(journal: journal)
    player.press("7", "v")
    var seen = [try #require(selected(player)?.text)]
    for _ in 0..<449 {
      player.press("k")
      seen.append(try #require(selected(player)?.text))
    }
    #expect(seen == (0..<450).reversed().map { "note \($0)" })
    #expect((player.console.world.events?.lines.count ?? 0) <= 2 * EventQuestion.side)
    player.press("G")
    #expect(selected(player)?.text == "note 449")
    player.press("g")
    #expect(selected(player)?.text == "note 0")
    for _ in 0..<250 { player.press("j") }
    #expect(selected(player)?.text == "note 250")
  }

  /// Notes, a minute each; every hundredth says `ansi`.
  private func longPlayer(_ count: Int = 450) throws -> Player {
    var journal = TestJournal()
    for number in 0..<count {
      _ = try journal.perform(
        AddNote("note \(number)\(number % 100 == 50 ? " ansi" : "")", isForJournal: true), by: "ops1",
        at: Fixture.ago(.minutes(Int64(count - number))))
    }
    var player = try Player(journal: journal)
    player.press("7", "v")
    return player
  }

  /// What was found stays chosen when the filter goes, and what happened around it is there.
  @Test func clearingTheFilterKeepsTheChosenEvent() throws {
    var player = try longPlayer()
    filter("kind:note ansi", &player)
    #expect(selected(player)?.text == "note 450 ansi" || selected(player)?.text == "note 350 ansi")
    player.press("g", "j")
    #expect(selected(player)?.text == "note 150 ansi")
    player.press("Esc")
    #expect(player.console.timeline.eventFilter.isEmpty)
    #expect(selected(player)?.text == "note 150 ansi")
    #expect(listed(player).contains("note 100") && listed(player).contains("note 200"))
    player.press("j")
    #expect(selected(player)?.text == "note 151")
    // Found without a step of one's own, it stays, too.
    filter("\"note 250\"", &player)
    player.press("Esc")
    #expect(selected(player)?.text == "note 151", "the nearest is chosen meanwhile, not instead")
    player.press("g")
    filter("\"note 250\"", &player)
    player.press("j", "Esc")
    #expect(selected(player)?.text == "note 250 ansi")
  }

  @Test func clearingTheFilterKeepsTheChosenEventOfAZoom() throws {
    var player = try longPlayer()
    filter("ansi", &player)
    player.press("k", "k", "+", "+", "+")
    let chosen = try #require(selected(player))
    #expect(chosen.text == "note 150 ansi" || chosen.text == "note 250 ansi")
    #expect(player.console.timeline.window?.length == .hour)
    player.press("Esc")
    #expect(selected(player)?.id == chosen.id)
    #expect((50...70).contains(listed(player).count))
    player.press("-")
    #expect(selected(player)?.id == chosen.id)
    player.press("-", "-")
    #expect(player.console.timeline.window == nil)
    #expect(selected(player)?.id == chosen.id)
    player.press("G")
    #expect(selected(player)?.text == "note 449")
  }

  /// What is chosen far behind the newest events is asked for at once, and not walked to from them page by page.
  @Test func whatIsKeptIsAskedForAtOnce() throws {
    var player = try longPlayer(1000)
    filter("ansi", &player)
    player.press("g")
    let chosen = try #require(selected(player))
    #expect(chosen.text == "note 50 ansi")
    for keys in [["Esc"], ["+"], ["-"], ["/", "n", "o", "t", "e", "Enter"]] {
      let before = player.eventsAsked.count
      for key in keys { player.press(key) }
      let asked = player.eventsAsked.dropFirst(before)
      #expect(asked.count <= keys.count)
      #expect(asked.allSatisfy { $0.anchor == .around(EventPlace(chosen.occurred, seq: chosen.seq)) })
      #expect(!asked.isEmpty && selected(player)?.id == chosen.id, "after \(keys)")
    }
  }

  /// Who is at the newest event and filters goes on to see what comes.
  @Test func theNewestIsFollowedThroughAFilter() throws {
    var player = try longPlayer()
    filter("ansi", &player)
    _ = try player.journal.perform(
      AddNote("another ansi", isForJournal: true), by: "ops1", at: player.now)
    player.publish()
    #expect(selected(player)?.text == "another ansi")
  }

  /// Words about events do not empty the list of incidents: what they are for is said under them.
  @Test func theIncidentsFilterPointsToTheEvents() throws {
    var player = try RetroFixture.player(Size(width: 80, height: 24))
    #expect(player.console.pane == .retroIncidents)
    player.press("/")
    player.type("purchases kind:note")
    #expect(player.text.contains("This list is of incidents, and kind:note asks for events"))
    player.press("Enter")
    #expect(player.console.timeline.rows(player.console.world).map(\.key) == ["INC-1"])
    #expect(player.text.contains("times of INC-1") && player.text.contains("Tab: events"))
    player.press("Esc", "/")
    player.type("nothing: like this")
    player.press("Enter")
    #expect(player.text.contains("No incident matches / nothing: like this"))
  }

  /// Every letter of the axis is in the legend, also where eighty columns do not hold every figure.
  @Test func everyLetterHasItsMeaning() throws {
    var frame = Frame(Size(width: 80, height: 4))
    let spread = try #require(Distribution([.minutes(754), .minutes(1754)]))
    let rows = Measure.allCases.map { TimelineTimes.Row(measure: $0, own: .minutes(754), spread: spread) }
    let times = TimelineTimes(Incident(key: "INC-1"), rows, period: .month, count: 2)
    times.draw(in: &frame, Rect(x: 0, y: 0, width: 80, height: 4))
    for letter in [
      "d detect 12h34m", "a ack 12h", "c declare 12h", "u update 12h", "m mitigate 12h", "r resolve 12h",
    ] {
      #expect(frame.text.contains(letter))
    }
  }

  /// Ends of a strip that lie on two days have their days.
  @Test func theStripOverMidnightHasDates() throws {
    var player = try RetroFixture.player()
    player.press("v", "k", "k", "k", "k", "+", "+")
    #expect(player.text.contains("11-20 15:08") && player.text.contains("11-21 15:08"))
    player.press("+")
    #expect(player.text.contains("02:38:33Z") && player.text.contains("03:38:32Z"))
  }

  /// Screen 7 exports what the command line does: several, by another template, for readers outside.
  @Test func exportsForReadersOutside() throws {
    var player = try RetroFixture.player()
    player.forget()
    player.press("E", "Enter")
    #expect(player.asked == ["export INC-2 md"] || player.asked == ["export INC-3 md"])
    player.forget()
    player.press("E", "Right", "Down", "Right", "Down", "Right", "Down", "^U")
    player.type("INC-1 3")
    player.press("Enter")
    #expect(player.asked == ["export INC-1 INC-3 html pagerduty external"])
    #expect(player.text.contains("/tmp/INC-1-INC-3-external.html"))
    player.forget()
    player.press("E", "Down", "Down", "Down", "^U")
    player.type("INC-9")
    player.press("Enter")
    #expect(player.asked.isEmpty && player.text.contains("There is no incident INC-9"))
  }

  /// Rules of groups without an interval are tried as often as the engine of their system evaluates them.
  @Test func rulesAreTriedAsOftenAsTheyAreEvaluated() throws {
    var player = try RetroFixture.player()
    player.console.world.guides[0].every = .seconds(15)
    player.press("B")
    #expect(player.text.contains("15s"))
    player.press("Enter")
    guard case .backtest(let wish) = player.errandsAsked.last else {
      Issue.record("nothing was tried: \(player.text)")
      return
    }
    #expect(wish.every == .seconds(15))
    player.press("B", "Up", "^U")
    player.type("soon")
    player.press("Enter")
    #expect(player.text.contains("\"soon\" is no length of time"))
  }

  /// A follow-up is a thing to do, named once.
  @Test func followUpsReadAsThingsToDo() throws {
    var journal = try RetroFixture.journal()
    var resolve = ChangeStatus(incident: "INC-2", to: .resolved, dataLost: "no")
    resolve.followUps = [.init(title: "shop does not answer", after: .hours(1))]
    _ = try journal.perform(
      ChangeStatus(incident: "INC-2", to: .monitoring, reason: "again"), by: "ops1", at: Fixture.now)
    _ = try journal.perform(resolve, by: "ops1", at: Fixture.now)
    var player = try Player(size: Size(width: 120, height: 40), journal: journal)
    player.press("7", "A")
    #expect(player.text.contains("go through \"shop does not answer\""))
    player.press("Enter")
    #expect(player.text.contains("── follow-up: go through \"shop does not answer\""))
    #expect(!player.text.contains("INC-2/follow_up"))
  }

  @Test func nothingFreezesWhileErrandsTake() throws {
    var player = try RetroFixture.player()
    player.isRetroSlow = true
    player.press("V")
    #expect(player.text.contains("checking the chain…"))
    player.answer(.success(.checking(20_000, of: 31_000)))
    #expect(player.text.contains("20,000 of 31,000"))
    player.press("V")
    #expect(player.errands.isEmpty)
    player.press("v", "k", "k")
    #expect(player.console.timeline.view == .events)
  }

  @Test func figuresFollowThePeriod() throws {
    var player = try RetroFixture.player()
    player.press("M")
    #expect(player.text.contains("3 incidents from"))
    player.press("Esc", "P", "P", "M")
    #expect(player.text.contains("figures of all time"))
    player.press("Esc", "P")
    #expect(player.console.timeline.retro.statistics?.period == .month)
    // Another incident, other figures.
    let before = player.errandsAsked.count
    player.receive(.ledger(player.journal.ledger(focus: "INC-3")))
    #expect(player.errandsAsked.count == before)
    _ = try player.journal.perform(
      ChangeStatus(incident: "INC-3", to: .monitoring), by: "ops1", at: player.now)
    player.publish()
    #expect(player.errandsAsked.last == .statistics(.month))
  }

  @Test func actionItems() throws {
    var player = try RetroFixture.player()
    player.press("t")
    player.type("raise the pool")
    player.press("Down", "Down")
    player.type("3d")
    player.press("Enter")
    #expect(player.text.contains("added, due"))
    player.press("A")
    #expect(player.text.contains("ACT-1") && player.text.contains("raise the pool"))
    player.press("Enter", "Down", "Down", "Down", "Enter", "^U")
    player.type("ops2")
    player.press("Enter")
    #expect(player.console.world.ledger.actions.first?.owner == "ops2")
    player.press("Enter", "Down", "Down", "Enter")
    player.type("done elsewhere")
    player.press("Enter")
    #expect(player.console.world.ledger.actions.first?.state == .dropped)
    // Somebody's mistake is said where it was made, and the words stay.
    player.press("t")
    player.type("another")
    player.press("Down", "Down")
    player.type("noon")
    player.press("Enter")
    #expect(player.text.contains("\"noon\" is no time"))
    #expect(player.text.contains("another"))
  }

  @Test func sectionsAreWrittenInTheEditor() throws {
    var player = try RetroFixture.player()
    player.press("R", "Down", "Down", "Enter")
    #expect(player.asked.last == "edit")
    let number = try #require(player.console.timeline.editors.keys.first)
    player.receive(.edited(number, "The pool was too small.\n"))
    #expect(player.console.world.ledger.written?.sections["root_cause"]?.text == "The pool was too small.\n")
    // What was not changed says nothing.
    player.press("R", "Down", "Down", "Enter")
    let again = try #require(player.console.timeline.editors.keys.first)
    let before = player.journal.events.count
    player.receive(.edited(again, "The pool was too small."))
    #expect(player.journal.events.count == before)
  }

  @Test func whoOnlyReadsChangesNothing() throws {
    var player = try RetroFixture.player(readOnly: true)
    player.press("v", "k", "*", "t", "E", "R")
    #expect(player.console.shell.overlay == nil)
    #expect(!player.asked.contains("PinEvent"))
    player.press("Enter", "[", "M")
    #expect(player.text.contains("figures of"))
  }

  @Test func hostileTextIsInert() throws {
    var player = try RetroFixture.player()
    player.press("n")
    player.type("plain")
    player.press("Enter")
    _ = try player.journal.perform(
      AddNote("\u{1B}[31mred\u{202E}der <script>", incident: "INC-3"), by: "ops2", at: player.now)
    player.publish()
    for keys in [["v"], ["d"], ["Esc", "Enter"]] {
      for key in keys { player.press(key) }
      #expect(!player.text.contains("\u{1B}") && !player.text.contains("\u{202E}"))
    }
  }
}
