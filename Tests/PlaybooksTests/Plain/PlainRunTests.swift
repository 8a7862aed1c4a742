import Incidents
import TestSupport
import Testing
import Values

@testable import Playbooks

/// Conversations: what is asked, what is answered, what is done.
struct PlainRunTests {
  private let text = """
    ---
    variables:
      WHO: {ask: Whose requests?, pattern: "[a-z]+"}
      KEY: {secret: true}
    steps:
      Look at it: {check: true, every: 5s, for: 1m}
      Follow: {background: true}
    ---
    # High error rate

    Some words.

    ## Immediate

    1. Turn it off
       ```bash
       # Off
       echo off
       echo {{WHO}}
       ```
    2. Tell them
       - Tell the users
       - Tell the team
    3. Look at it
       ```bash
       curl -f localhost
       ```

    ## Recover

    - If code: roll back
      ```bash
      firebase functions:rollback
      ```
    - If memory: give more
    - Follow
      ```bash
      tail -f log
      ```
    """

  @Test func goesThroughARunAsAnswered() throws {
    let talk = try Conversation(text)
    talk.begin()
    #expect(
      talk.told == [
        "High error rate: R-1, begun 2026-11-21 03:00:00Z by ops1, 0 of 8 done", "",
        "# High error rate", "", "Some words.", "", "## Immediate", "",
        "1.1  Turn it off", "    # Off", "    $ echo off", "    $ echo {{WHO}}", "",
        "# Off", "$ echo off", "in /work, on shop",
        "? 1.1  y run, d done, s skip, f failed, q leave, ? help: ",
      ])
    talk.say("y")
    #expect(talk.told == ["start 1.1/0 once: echo off"])
    talk.finish(exit: 0, "off\n")
    #expect(
      talk.told == [
        "| off", "exit 0 in 100ms, 1 line", "No value yet for WHO.", "y asks for it.",
        "? 1.1  y run, d done, s skip, f failed, q leave, ? help: ",
      ])
    talk.say("y", "A", "anna")
    #expect(
      talk.told == [
        "? WHO: Whose requests?: ", "WHO does not match [a-z]+.", "? WHO: Whose requests?: ",
        "act SetVariable", "$ echo anna", "in /work, on shop, with WHO in its environment",
        "? 1.1  y run, d done, s skip, f failed, q leave, ? help: ",
      ])
    talk.say("y")
    talk.finish(exit: 3, "no\n")
    #expect(
      talk.told.suffix(5) == [
        "| no", "exit 3 in 100ms, 1 line; the step is marked as failed", "$ echo anna",
        "in /work, on shop, with WHO in its environment",
        "? 1.1  y run, d done, s skip, f failed, q leave, ? help: ",
      ])
    #expect(talk.run.state(of: "1.1") == .failed)
    talk.say("d")
    #expect(
      talk.told == [
        "act TickStep", "1.2  Tell them", "1.2.1  Tell the users", "",
        "? 1.2.1  d done, s skip, f failed, q leave, ? help: ",
      ])
    talk.say("s", "", "s nobody is there")
    #expect(
      talk.told.prefix(3) == [
        "? Why is it skipped? ", "Skipping takes a reason; nothing was done.",
        "? 1.2.1  d done, s skip, f failed, q leave, ? help: ",
      ])
    #expect(talk.run.marks["1.2.1"]?.reason == "nobody is there")
    talk.say("d")
    // What is made of parts is done once they are.
    #expect(talk.told.prefix(2) == ["act TickStep", "1.3  Look at it"])
    #expect(talk.run.state(of: "1.2") == .done)
    talk.say("y")
    #expect(talk.told == ["start 1.3/0 check: curl -f localhost"])
    talk.finish(exit: 0)
    // A check that was to be repeated until it passes ticks its step.
    #expect(talk.told.prefix(3) == ["exit 0 in 100ms, 0 lines", "act TickStep", "## Recover"])
    #expect(talk.run.marks["1.3"]?.means == .check)
  }

  @Test func wantsTheTargetsNameForWhatIsHardToTakeBack() throws {
    let talk = try Conversation(text, startAt: "2.1")
    talk.begin()
    #expect(
      talk.told.contains("hard to take back: it matches \"rollback\", so the target's name is asked for"))
    talk.say("y", "y")
    #expect(
      talk.told.prefix(2) == [
        "? This matches \"rollback\". Type the target's name, shop, to run it: ",
        "That is not shop, so nothing was run.",
      ])
    talk.say("y", "shop")
    #expect(talk.told.last == "start 2.1/0 once: firebase functions:rollback")
  }

  @Test func handsTheTerminalOver() throws {
    let talk = try Conversation(text, hasTerminal: true)
    talk.begin()
    talk.say("t")
    #expect(talk.told == ["start 1.1/0 terminal: echo off"])
    // Nobody points out that nothing is heard of it.
    #expect(talk.plain.nextDeadline == nil)
    talk.finish(exit: 0)
    #expect(talk.told.first == "exit 0 in 100ms")
    talk.say("o")
    #expect(talk.told.first == "It had the terminal in its hands, so nothing of what it wrote is kept.")
    let other = try Conversation(text, startAt: "2.1", hasTerminal: true)
    other.begin()
    other.say("t", "shop")
    #expect(other.told.last == "start 2.1/0 terminal: firebase functions:rollback")
    let lost = try Conversation(text, hasTerminal: true)
    lost.begin()
    lost.say("t")
    try lost.lose(lost.id)
    let next = try lost.resumed()
    next.begin()
    next.say("t")
    #expect(next.told.first == "Nobody knows how it ended when it ran last; look first, and then type again.")
    next.say("again t")
    #expect(next.told == ["start 1.1/0 terminal: echo off"])
  }

  @Test func withoutATerminalNothingIsHandedOver() throws {
    let talk = try Conversation(text)
    talk.begin()
    talk.say("t")
    #expect(
      talk.told.first == "What you type does not come from a terminal, so that there is none to hand over.")
    #expect(!talk.told.contains { $0.hasPrefix("start") })
  }

  @Test func saysOfAShortSecretThatItIsNotMasked() throws {
    let talk = try Conversation("# P\n\n1. Use it\n   ```sh\n   echo {{KEY}}\n   ```\n".withKey)
    talk.begin()
    talk.say("y", "abc")
    #expect(
      talk.told.contains("KEY has fewer than 4 characters: it is not masked in what commands write."))
    talk.say("v KEY", "abcd")
    #expect(!talk.told.contains { $0.contains("not masked") })
  }

  @Test func takesOneWayOut() throws {
    let talk = try Conversation(text, startAt: "2.2")
    talk.begin()
    talk.say("c")
    #expect(talk.run.state(of: "2.2") == .doing && talk.run.state(of: "2.1") == .notApplicable)
    talk.say("d", "n")
    #expect(talk.run.state(of: "2.3") == .notApplicable)
    #expect(
      talk.told.suffix(2).first == "Left of R-1: 1.1 to do, 1.2 to do, 1.2.1 to do, 1.2.2 to do, 1.3 to do.")
    talk.say("y")
    #expect(talk.told.first == "\"y\" means nothing here; ? tells what does.")
    talk.say("g 1.3", "d", "g 9", "e")
    #expect(talk.run.end?.outcome == .stopped && talk.status == 0)
    #expect(talk.told.last == "leave 0")
  }

  @Test func asksForTheTickThatLeavesSomethingInForce() throws {
    let talk = try Conversation(
      """
      ---
      steps:
        Close the shop: {undo: Open it}
      ---
      # A

      1. Close the shop
         - Hang the sign out
         - Lock the door
      2. Open it
      """)
    talk.begin()
    talk.say("d", "d")
    #expect(talk.told.suffix(4).first == "1.1  Close the shop")
    #expect(talk.told.last == "? 1.1  d done, s skip, f failed, q leave, ? help: ")
    talk.say("d")
    #expect(talk.run.effects.map(\.what) == ["Close the shop"])
    #expect(talk.told.contains("1.2  Open it"))
  }

  @Test func runsNothingByItself() throws {
    let talk = try Conversation(text)
    talk.begin()
    talk.say("y")
    let id = talk.id
    // The process that waited for it was killed.
    try talk.lose(id)
    let again = try talk.resumed(orphans: [Orphan(id: id, pid: 4711)])
    again.begin()
    #expect(
      again.told.suffix(6) == [
        "# Off", "$ echo off", "in /work, on shop",
        "What was started then still runs, as process 4711; k ends it.",
        "It was started at 03:00Z and nobody knows how it ended: look first. To run it again, type again.",
        "? 1.1  y run, d done, s skip, f failed, q leave, ? help: ",
      ])
    again.say("y")
    #expect(
      again.told.first == "Nobody knows how it ended when it ran last; look first, and then type again.")
    again.say("k", "k")
    #expect(
      again.told.prefix(2) == ["asked process 4711 to end", "cancel"]
        && again.told.contains("Nothing is left of a command here; Ctrl-C ends one that runs."))
    again.say("again")
    #expect(again.told == ["start 1.1/0 once: echo off"])
  }

  @Test func leavesTheRunOpenWhenTheInputEnds() throws {
    let talk = try Conversation(text)
    talk.begin()
    talk.say("d")
    talk.receive(.endOfInput)
    #expect(
      talk.told.suffix(4) == [
        "", "The input has ended.",
        "R-1 stays open, 1 of 8 done; `midwatch playbook run --resume R-1` goes on with it.", "leave 1",
      ])
    #expect(talk.run.isOpen)
  }

  @Test func endsTheCommandAndNotTheRun() throws {
    let talk = try Conversation(text)
    talk.begin()
    talk.receive(.interrupt)
    #expect(
      talk.told.suffix(3) == [
        "", "The run stays open; q leaves it.", "? 1.1  y run, d done, s skip, f failed, q leave, ? help: ",
      ])
    talk.say("y")
    talk.receive(.interrupt)
    #expect(talk.told == ["asked it to end", "cancel"])
    talk.finish(exit: nil, cause: .cancelled)
    #expect(talk.told.first == "cancelled in 100ms, 0 lines; the step is marked as failed")
    talk.say("y")
    // Asked to end while a command runs: its end is written first.
    talk.receive(.terminate)
    #expect(talk.told == ["", "This process was asked to end.", "close"])
    talk.finish(exit: nil, cause: .closed)
    #expect(talk.told.first == "ended with its console in 100ms, 0 lines; the step is marked as failed")
    #expect(talk.status == 1)
  }

  @Test func goesOnBesideWhatRunsInTheBackground() throws {
    let talk = try Conversation(text, startAt: "2.3")
    talk.begin()
    talk.say("y")
    #expect(
      talk.told == [
        "start 2.3/0 background: tail -f log", "it runs until the run is ended or left",
        "? 2.3  d done, s skip, f failed, q leave, ? help: ",
      ])
    talk.say("d", "q")
    #expect(talk.told.last == "close")
    talk.finish(exit: nil, cause: .closed)
    #expect(talk.status == 0)
  }

  @Test func pointsOutSilence() throws {
    let talk = try Conversation(text)
    talk.begin()
    talk.say("y")
    let deadline = try #require(talk.plain.nextDeadline)
    #expect(deadline == talk.now + .seconds(30))
    talk.now = deadline
    talk.receive(.tick)
    #expect(talk.told == ["1.1 has said nothing for 30s; Ctrl-C ends it"])
    #expect(talk.plain.nextDeadline == nil)
  }

  @Test func runsNothingWhereNothingMayRun() throws {
    let talk = try Conversation(text, whyNoCommands: "No command is run here.")
    talk.begin()
    #expect(talk.told.contains("No command is run here."))
    #expect(talk.told.last == "? 1.1  d done, s skip, f failed, q leave, ? help: ")
    talk.say("y")
    #expect(talk.told.first == "No command is run here.")
    #expect(!talk.told.contains { $0.hasPrefix("start") })
  }

  @Test func changesValuesWithAReason() throws {
    let talk = try Conversation(text)
    talk.begin()
    talk.say("v WHO=anna", "v WHO=berta", "it was berta", "v")
    #expect(talk.run.values["WHO"]?.value == "berta")
    #expect(talk.told.contains("? Why does WHO change? (Enter: no reason) "))
    #expect(talk.told.suffix(2).first == "WHO=berta")
    talk.say("v KEY", "hunter22", "v")
    #expect(talk.told.contains("KEY=•••") && !talk.told.contains { $0.contains("hunter22") })
    #expect(talk.run.values["KEY"]?.isSecret == true)
  }

  @Test func remoteTextIsInert() throws {
    let talk = try Conversation(
      "# A\u{1B}]0;x\u{7}\n\n1. Do\u{1B}[2J it\n   ```sh\n   echo \"\u{9B}2J\"\n   ```\n")
    talk.begin()
    talk.say("y")
    talk.finish(exit: 0, "\u{1B}]52;c;aGk=\u{7}text\n")
    #expect(
      talk.all.allSatisfy { !$0.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) } })
    #expect(talk.all.contains("| text"))
  }
}

extension String {
  /// With a front matter that declares `KEY` as a secret.
  fileprivate var withKey: String { "---\nvariables: {KEY: {secret: true}}\n---\n" + self }
}
