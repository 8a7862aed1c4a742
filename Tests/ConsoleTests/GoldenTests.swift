import Incidents
import Terminal
import Testing
import Values
import Watch

@testable import Console

/// Whole screens as text, looked at by eye before they were committed.
@Suite struct GoldenTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  private func player(_ size: Size) throws -> Player { try Player(size: size) }

  /// With an incident, a run two steps in, and a note.
  private func working(_ size: Size) throws -> Player {
    var player = try Player(size: size)
    player.press("a", "i", "Enter")
    player.wait(.seconds(20))
    player.press("p", "Space", "Space")
    player.wait(.seconds(15))
    player.press("3", "n")
    player.type("errors all carry client version 4.2.0")
    player.press("Enter")
    player.press("t")
    player.type("check the Firestore status page @ops2 10m")
    player.press("Enter")
    player.wait(.seconds(6))
    return player
  }

  @Test(arguments: sizes) func dashboard(_ size: Size) throws {
    try expectGolden(player(size).frame, "dashboard")
  }

  @Test(arguments: sizes) func dashboardEndpoints(_ size: Size) throws {
    var player = try player(size)
    player.press("Tab")
    try expectGolden(player.frame, "dashboard-endpoints")
  }

  @Test(arguments: sizes) func emptyBoard(_ size: Size) throws {
    let console = Console(options: .init(handle: "ops1"), folders: [], size: size)
    try expectGolden(console.view(at: Fixture.now), "dashboard-empty")
  }

  @Test(arguments: sizes) func calmBoard(_ size: Size) throws {
    var system = Fixture.ensei
    system.alerts = []
    let player = try Player(size: size, snapshots: [system], journal: TestJournal())
    try expectGolden(player.frame, "dashboard-calm")
  }

  @Test(arguments: sizes) func boardWithIncident(_ size: Size) throws {
    var player = try working(size)
    player.press("1")
    try expectGolden(player.frame, "dashboard-incident")
  }

  @Test(arguments: sizes) func toast(_ size: Size) throws {
    var player = try player(size)
    player.press("a")
    try expectGolden(player.frame, "toast")
  }

  @Test(arguments: sizes) func alerts(_ size: Size) throws {
    var player = try player(size)
    player.press("2")
    try expectGolden(player.frame, "alerts")
  }

  @Test(arguments: sizes) func alertDetail(_ size: Size) throws {
    var player = try player(size)
    player.press("2", "Enter")
    try expectGolden(player.frame, "alert-detail")
  }

  @Test(arguments: sizes) func endpointDetail(_ size: Size) throws {
    var player = try player(size)
    player.press("Tab", "Enter")
    try expectGolden(player.frame, "endpoint-detail")
  }

  @Test(arguments: sizes) func event(_ size: Size) throws {
    var player = try working(size)
    player.press("g", "Enter")
    try expectGolden(player.frame, "event")
  }

  @Test(arguments: sizes) func incident(_ size: Size) throws {
    try expectGolden(working(size).frame, "incident")
  }

  @Test(arguments: sizes) func incidentNone(_ size: Size) throws {
    var player = try player(size)
    player.press("3")
    try expectGolden(player.frame, "incident-none")
  }

  @Test(arguments: sizes) func playbooks(_ size: Size) throws {
    var player = try player(size)
    player.press("4")
    try expectGolden(player.frame, "playbooks")
  }

  @Test(arguments: sizes) func playbook(_ size: Size) throws {
    var player = try working(size)
    player.press("4")
    player.press("k")
    try expectGolden(player.frame, "playbook")
  }

  @Test(arguments: sizes) func comms(_ size: Size) throws {
    var player = try working(size)
    player.press("u", "Enter")
    player.wait(.seconds(6))
    try expectGolden(player.frame, "comms")
  }

  @Test(arguments: sizes) func commsList(_ size: Size) throws {
    var player = try working(size)
    player.press("5")
    try expectGolden(player.frame, "comms-list")
  }

  @Test(arguments: sizes) func timeline(_ size: Size) throws {
    var player = try working(size)
    player.press("7")
    try expectGolden(player.frame, "timeline")
  }

  // MARK: - Overlays

  @Test(arguments: sizes) func help(_ size: Size) throws {
    var player = try player(size)
    player.press("?")
    try expectGolden(player.frame, "help")
  }

  @Test(arguments: sizes) func palette(_ size: Size) throws {
    var player = try player(size)
    player.press(":")
    player.type("decl")
    try expectGolden(player.frame, "palette")
  }

  @Test(arguments: sizes) func filter(_ size: Size) throws {
    var player = try player(size)
    player.press("/")
    player.type("nova")
    try expectGolden(player.frame, "filter")
  }

  @Test(arguments: sizes) func note(_ size: Size) throws {
    var player = try working(size)
    player.press("n")
    player.type("-12m first complaint in chat")
    try expectGolden(player.frame, "note")
  }

  @Test(arguments: sizes) func declare(_ size: Size) throws {
    var player = try player(size)
    player.press("i")
    try expectGolden(player.frame, "declare")
  }

  @Test(arguments: sizes) func silence(_ size: Size) throws {
    var player = try player(size)
    player.press("s")
    try expectGolden(player.frame, "silence")
  }

  @Test(arguments: sizes) func silenceOfEverything(_ size: Size) throws {
    var player = try player(size)
    player.press("s", "Tab")
    player.type("deploy under way")
    player.press("Tab", "^U")
    player.type("alertname=~\".+\"")
    player.press("Enter")
    try expectGolden(player.frame, "silence-everything")
  }

  @Test(arguments: sizes) func acknowledgeForATime(_ size: Size) throws {
    var player = try player(size)
    player.press("A")
    try expectGolden(player.frame, "acknowledge-for")
  }

  @Test(arguments: sizes) func mutedAlerts(_ size: Size) throws {
    var player = try muted(size)
    player.press("2")
    try expectGolden(player.frame, "alerts-muted")
    player.press("Tab")
    try expectGolden(player.frame, "mutings")
    player.press("Enter")
    try expectGolden(player.frame, "muting-detail")
  }

  @Test(arguments: sizes) func mutedAlert(_ size: Size) throws {
    var player = try muted(size)
    player.press("2", "j", "Enter")
    try expectGolden(player.frame, "alert-detail-muted")
    player.press("Esc", "k", "Enter")
    try expectGolden(player.frame, "alert-detail-flapping")
  }

  /// Silences, windows of maintenance, an inhibited alert, one that flaps, one that is kept.
  private func muted(_ size: Size) throws -> Player {
    var journal = try Fixture.journal()
    let matchers = ["alertname=\"PackErrorRatePage\""]
    _ = try journal.perform(
      SetSilence(
        system: "ensei-packs", matchers: matchers, end: Fixture.now + .minutes(6),
        comment: "deploy of 4.2.1 under way"), by: "ops2", at: Fixture.ago(.minutes(84)))
    _ = try journal.perform(
      SetSilence(
        system: "nova-rms", matchers: ["queue=~\"bill.*\"", "severity=\"warn\""],
        start: Fixture.now + .hours(19), end: Fixture.now + .hours(21), comment: "bulk import"),
      by: "ops1", at: Fixture.ago(.minutes(3)))
    let flapping = Fixture.down
    for minute in [58, 41, 22, 9] as [Int64] {
      try journal.append(
        AlertFired(
          system: flapping.system, rule: flapping.rule, labels: flapping.labels, level: .page,
          activeAt: Fixture.ago(.minutes(minute)), value: nil, sign: nil, threshold: nil, unit: nil,
          summary: "api is down", playbook: nil, source: "built in"), at: Fixture.ago(.minutes(minute)))
      guard minute > 9 else { continue }
      try journal.append(
        AlertResolved(
          system: flapping.system, rule: flapping.rule, labels: flapping.labels,
          activeAt: Fixture.ago(.minutes(minute)), value: nil, how: minute == 22 ? .noData : .recovered),
        at: Fixture.ago(.minutes(minute - 4)))
    }
    var (ensei, nova, jamble) = (Fixture.ensei, Fixture.nova, Fixture.jamble)
    ensei.alerts[0].mutings = [
      AlertMuting(
        .silence, "SIL-1", since: Fixture.ago(.minutes(84)), until: Fixture.now + .minutes(6), by: "ops2",
        reason: "deploy of 4.2.1 under way")
    ]
    ensei.alerts[0].keptUntil = Fixture.now + .seconds(150)
    nova.alerts[0].mutings = [AlertMuting(.inhibition, "DatabaseDown")]
    nova.maintenance = [
      MaintenanceRow(
        title: "Patch night", start: Fixture.ago(.minutes(30)), until: Fixture.now + .minutes(47),
        isHeld: true,
        endpoints: ["storage"], muted: 0),
      MaintenanceRow(
        title: "Restore drill", start: Fixture.now + .days(9), until: Fixture.now + .days(9) + .minutes(90),
        isHeld: false),
    ]
    jamble.alerts[0].state = .firing
    jamble.alerts[0].firedAt = Fixture.ago(.minutes(9))
    return try Player(size: size, snapshots: [ensei, nova, jamble], journal: journal)
  }

  @Test(arguments: sizes) func status(_ size: Size) throws {
    var player = try working(size)
    player.press("S")
    try expectGolden(player.frame, "status")
  }

  @Test(arguments: sizes) func resolve(_ size: Size) throws {
    var player = try working(size)
    player.press("S", "4", "Enter")
    try expectGolden(player.frame, "resolve")
  }

  @Test(arguments: sizes) func fields(_ size: Size) throws {
    var player = try working(size)
    player.press("u")
    try expectGolden(player.frame, "fields")
  }

  @Test(arguments: sizes) func send(_ size: Size) throws {
    var player = try working(size)
    player.press("u", "Tab")
    player.type("not yet known")
    player.press("Enter", "Enter")
    try expectGolden(player.frame, "send")
  }

  /// What is loud, what is dim: a letter for each cell's style.
  @Test func styles() throws {
    var player = try working(Size(width: 80, height: 24))
    player.press("1")
    try expectGolden(player.frame.styleMap, "dashboard-styles")
  }

  @Test func tooSmall() throws {
    try expectGolden(player(Size(width: 30, height: 8)).frame, "too-small")
  }

  @Test func narrow() throws {
    try expectGolden(player(Size(width: 40, height: 10)).frame, "narrow")
  }

  @Test func asciiSigns() throws {
    var player = try player(Size(width: 80, height: 24))
    var options = Console.Options(handle: "ops1", graph: .ascii, asciiSigns: true)
    options.readOnly = true
    var console = Console(options: options, folders: [], size: Size(width: 80, height: 24))
    console.world.snapshots = player.console.world.snapshots
    console.world.take(player.console.world.ledger)
    _ = console.receive(.resized(Size(width: 80, height: 24)), at: player.now)
    player.console = console
    try expectGolden(player.frame, "dashboard-ascii")
  }
}
