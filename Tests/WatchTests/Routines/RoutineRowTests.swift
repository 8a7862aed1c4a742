import Incidents
import Systems
import Testing
import Values
import Watch

struct RoutineRowTests {
  private static let began = Instant(rfc3339: "2026-11-01T10:00:00Z") ?? Instant(milliseconds: 0)

  private static let system = """
    title: Nova
    routines:
      - {title: Daily checks, every: daily, at: "08:00"}
      - {title: Billing drill, every: weekly, evidence: "drills/*.md", fresh: 7d}
      - {title: Failed jobs, every: 4h}
      - {title: Smoke tests, after: maintenance}
    """

  private func folder(_ files: [String: String] = [:]) throws -> SystemFolder {
    let all = files.merging(["system.yaml": Self.system]) { $1 }
    let (folder, problems) = SystemFolder.load(Folder(name: "nova-rms", files: all), environment: [:])
    try #require(problems.isEmpty, "\(problems)")
    return folder
  }

  private func event(_ fact: some Fact, at instant: Instant) throws -> Event {
    Event(
      origin: "o", seq: 1, id: "e", kind: type(of: fact).kind, version: 1, occurred: instant, ended: nil,
      recorded: instant, actor: Actor(handle: "ops1", host: "jump2", uid: 1000), incident: nil, ticket: nil,
      body: try FactCoding.encode(fact))
  }

  private func findings(
    _ facts: [(any Fact, Instant)] = [], evidence: [String: EvidenceFinding] = [:]
  ) throws -> RoutineFindings {
    var book = RoutineBook(key: "nova-rms")
    book.apply(
      try event(
        SystemLoaded(system: "nova-rms", digest: "d", title: "Nova", problems: 0), at: Self.began))
    for (fact, at) in facts { book.apply(try event(fact, at: at)) }
    return RoutineFindings(recorded: .init(book: book), evidence: evidence)
  }

  private func row(
    _ title: String, _ findings: RoutineFindings, files: [String: String] = [:]
  ) throws -> RoutineRow {
    try #require(RoutineRow.rows(of: folder(files), findings).first { $0.title == title })
  }

  private func done(_ title: String, due: Instant? = nil) -> RoutineDone {
    RoutineDone(system: "nova-rms", routine: title, due: due, reason: "by hand")
  }

  @Test func whatWasNeverDoneIsCountedFromTheBeginning() throws {
    #expect(try row("Daily checks", findings()).due == Self.began + .hours(22))
    #expect(try row("Failed jobs", findings()).due == Self.began + .hours(4))
    #expect(try row("Smoke tests", findings()).due == nil)
    // A journal that has never heard of the system knows of no time.
    #expect(try row("Failed jobs", RoutineFindings()).due == nil)
  }

  @Test func theLastTimeCounts() throws {
    let at = Self.began + .hours(30)
    let known = try findings([(done("Failed jobs"), at)])
    let row = try row("Failed jobs", known)
    #expect(row.due == at + .hours(4) && row.lastDone == at && row.lastBy == "ops1")
  }

  @Test func afterAWindowOfMaintenance() throws {
    let end = Self.began + .days(2)
    let ended = MaintenanceEnded(
      system: "nova-rms", window: "Patch night", start: end - .hours(2), until: end)
    #expect(try row("Smoke tests", findings([(ended, end)])).due == end)
    let both = try findings([(ended, end), (done("Smoke tests", due: end), end + .minutes(20))])
    #expect(try row("Smoke tests", both).due == nil)
  }

  /// Evidence that is too old makes it due before the calendar does; none at all, from the beginning.
  @Test func evidenceGoesStale() throws {
    let at = Self.began + .days(1)
    let weekly = try row(
      "Billing drill", findings(evidence: ["Billing drill": .newest("drills/a.md", at: at - .days(3))]))
    #expect(weekly.due == at + .days(4))
    let fresh = try row(
      "Billing drill", findings(evidence: ["Billing drill": .newest("drills/a.md", at: at + .days(20))]))
    #expect(fresh.due == Instant(rfc3339: "2026-11-08T00:00:00Z"))
    let none = try row("Billing drill", findings(evidence: ["Billing drill": .nothing]))
    #expect(none.due == Self.began)
    // Whoever did it since knows more than the file.
    let told = try row(
      "Billing drill",
      findings(
        [(done("Billing drill"), at)], evidence: ["Billing drill": .newest("a.md", at: at - .days(30))]))
    #expect(told.due == Instant(rfc3339: "2026-11-09T00:00:00Z"))
  }

  /// A folder that is not there is no good news: it is shown, and as unknown.
  @Test func nobodyKnowsWhatIsInAFolderThatIsNotThere() throws {
    let unknown = try row(
      "Billing drill", findings(evidence: ["Billing drill": .unknown("the folder drills is not there")]))
    #expect(unknown.evidenceIsUnknown && unknown.standing(at: Self.began) == .waiting)
    #expect(unknown.isShown(at: Self.began))
    // Before anybody looked nothing is said.
    #expect(try !row("Billing drill", findings()).isShown(at: Self.began))
  }

  @Test(
    arguments: [
      (-1, RoutineRow.Standing.waiting), (0, .due), (59, .due), (60, .late), (239, .late), (240, .overdue),
      (100_000, .overdue),
    ] as [(Int64, RoutineRow.Standing)])
  func itGrowsLouder(_ minutes: Int64, _ expected: RoutineRow.Standing) throws {
    let row = try row("Failed jobs", findings())
    let due = try #require(row.due)
    #expect(row.standing(at: due + .minutes(minutes)) == expected)
  }

  /// Done a little early it is done; done twice in a row the second time counts for nothing.
  @Test func whatIsDoneEarlyIsDoneForTheNextTimeOnlyIfThatIsNear() throws {
    let row = try row("Failed jobs", findings())
    let due = try #require(row.due)
    #expect(row.turn(at: due) == due && row.turn(at: due + .days(3)) == due)
    #expect(row.turn(at: due - .minutes(60)) == due && row.turn(at: due - .minutes(61)) == nil)
  }

  @Test func playbooksAskForTheirReview() throws {
    let files = [
      "rollback.md": "---\nreview: 30d\nreviewed: 2026-10-20\n---\n# Rollback\n",
      "restore.md": "---\nreview: 90d\n---\n# Restore\n", "notes.md": "# Notes\n",
    ]
    let rows = try RoutineRow.rows(of: folder(files), findings())
    #expect(rows.filter(\.isReview).map(\.title).sorted() == ["Review restore", "Review rollback"])
    let known = try row("Review rollback", findings(), files: files)
    #expect(known.due == Instant(rfc3339: "2026-11-19T00:00:00Z") && known.playbook == "rollback")
    #expect(try row("Review restore", findings(), files: files).due == Self.began + .days(90))
    let reviewed = try findings([(done("Review rollback"), Self.began + .days(20))])
    #expect(try row("Review rollback", reviewed, files: files).due == Self.began + .days(50))
  }

  /// Through the engine to the board, whether it is told before the folder is read or after.
  @Test func theEngineKnows() throws {
    var player = Player()
    let known = try findings().recorded
    player.tell(.routines(["nova-rms": known]))
    try player.load(folder())
    player.tell(.evidence(system: "nova-rms", ["Billing drill": .nothing]))
    let rows = try #require(player.watch.snapshots(at: player.now).first?.routines)
    #expect(rows.count == 4 && rows.first { $0.title == "Billing drill" }?.due == Self.began)
    player.tell(.routines([:]))
    #expect(player.watch.snapshots(at: player.now).first?.routines.allSatisfy { $0.due == nil } == true)
  }
}
