import Incidents
import Terminal
import Testing
import Values
import Watch

@testable import Console

@Suite struct SilencingTests {
  /// Opens the form on the first alert, and writes `matchers` into it.
  private func writing(_ matchers: String, why: String = "known") throws -> Player {
    var player = try Player()
    player.press("s", "Tab")
    player.type(why)
    player.press("Tab", "^U")
    player.type(matchers)
    return player
  }

  @Test func saysWhatItWouldHideWhileItIsTyped() throws {
    var player = try Player()
    player.press("s")
    #expect(player.text.contains("until 2026-11-21 04:12:45Z (06:12 CEST), 1h long"))
    #expect(player.text.contains("hides 1 firing now: PackErrorRatePage"))
    #expect(player.text.contains("can hide 1 of the 2 alerts of ensei-packs"))
    player = try writing("alertname=\"Other\"")
    #expect(player.text.contains("hides nothing that fires or is pending now"))
    player = try writing("alertname=~\"Pack.*\"")
    #expect(player.text.contains("can hide 2 of the 2 alerts of ensei-packs"))
    player = try writing("alertname=~\"(\"")
    #expect(player.text.contains("is no regular expression"))
  }

  @Test func askTwiceForWhatHidesEverything() throws {
    var player = try writing("alertname=~\".+\"")
    #expect(player.text.contains("this hides every alert of ensei-packs"))
    player.forget()
    player.press("Enter")
    #expect(player.asked == [])
    #expect(player.text.contains("Enter again does it"))
    // A key in between, and it is asked anew.
    player.type(" ")
    player.press("Enter")
    #expect(player.asked == [])
    player.press("Enter")
    #expect(player.asked == ["SetSilence"])
  }

  @Test(arguments: [
    ("alertname=~\".*\"", "so every alert"), ("", "there is no matcher"), ("queue", "comes =, !=, =~ or !~"),
  ])
  func refuses(_ matchers: String, _ sentence: String) throws {
    var player = try writing(matchers)
    player.forget()
    player.press("Enter")
    #expect(player.asked == [])
    #expect(player.text.contains(sentence))
  }

  @Test func aSilenceIsListedWithWhatItHidesAndWhenItEnds() throws {
    var player = try writing("alertname=~\"Pack.*\"")
    player.press("Enter")
    #expect(player.text.contains("1 alert is silenced until 2026-11-21 04:12:45Z"))
    player.wait(.seconds(10))
    player.press("2", "Tab")
    #expect(player.text.contains("silences and maintenance"))
    #expect(player.text.contains("hides 1"))
    #expect(player.text.contains("ends 04:12Z in 59m50s"))
    // Once its time is over it is not listed, whether anybody wrote that or not.
    player.wait(.hours(1))
    player.publish()
    #expect(!player.text.contains("SIL-1"))
  }

  @Test func isExtendedAndEndedWithAReason() throws {
    var player = try writing("alertname=~\"Pack.*\"")
    player.press("Enter", "2", "Tab", "s", "Enter", "^U")
    player.type("06:00Z")
    #expect(player.text.contains("then until 2026-11-21 06:00:00Z"))
    player.press("Enter")
    #expect(player.text.contains("Say why SIL-1 is to end at another time."))
    player.press("Tab")
    player.type("vendor needs longer")
    player.press("Enter")
    #expect(player.journal.entity(Silence.self, "SIL-1")?.end == Instant(rfc3339: "2026-11-21T06:00:00Z"))
    player.press("s", "2", "Enter")
    player.press("Enter")
    #expect(player.text.contains("Say why SIL-1 ends before its time."))
    player.type("fixed")
    player.press("Enter")
    #expect(player.journal.entity(Silence.self, "SIL-1")?.state(at: player.now) == .expired)
  }

  @Test func onASilencedAlertItsSilenceIsOfferedFirst() throws {
    var ensei = Fixture.ensei
    ensei.alerts[0].mutings = [
      AlertMuting(
        .silence, "SIL-1", since: Fixture.now, until: Fixture.now + .hours(1), by: "ops1", reason: "known")
    ]
    var player = try writing("alertname=~\"Pack.*\"")
    player.press("Enter")
    player.receive(.snapshot(ensei))
    player.press("2", "G")
    player.press("s")
    #expect(player.text.contains("let SIL-1 end at another time"))
    #expect(player.text.contains("set another silence"))
    player.press("Esc")
    // The engine is silent since; what it said last is not true for ever.
    player.wait(.hours(2))
    #expect(!player.text.contains("SIL-1"))
  }

  @Test func whatIsHiddenDoesNotRingAndRingsWhenItIsHeardAgain() throws {
    var muted = Fixture.ensei
    muted.alerts[0].mutings = [AlertMuting(.maintenance, "Patch night", until: Fixture.now + .minutes(5))]
    var player = try Player(snapshots: [])
    player.receive(.snapshot(muted))
    #expect(!player.asked.contains("bell"))
    player.receive(.snapshot(Fixture.ensei))
    #expect(player.asked.contains("bell"))
  }

  @Test func anAcknowledgementHasAnEndAndRingsWhenItRunsOut() throws {
    var player = try Player()
    player.press("A", "^U")
    player.type("30m")
    #expect(player.text.contains("yours until 2026-11-21 03:42:45Z (05:42 CEST), 30m00s from now"))
    player.press("Tab")
    player.type("looking")
    player.press("Enter")
    let held = try #require(player.journal.entity(Alert.self, Fixture.page.key)?.acknowledgement)
    #expect(held.until == Fixture.now + .minutes(30))
    #expect(held.reason == "looking")
    player.press("2")
    #expect(player.text.contains("ops1 30m00s: looking"))
    player.wait(.minutes(31))
    _ = try player.journal.perform(RecordLapses(alerts: [Fixture.page]), by: "midwatch", at: player.now)
    player.forget()
    player.publish()
    #expect(player.asked.contains("bell"))
    #expect(player.text.contains("ops1's time is over"))
    player.press("Enter")
    #expect(player.text.contains("ops1's acknowledgement ran out at 03:42:45Z"))
  }
}
