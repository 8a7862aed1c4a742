import Desk
import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Retro
import Testing
import Values

@testable import Console

@Suite struct ExporterTests {
  private let folder: TestFolder
  private let journal: Journal
  private let template: RetroTemplate

  init() throws {
    folder = try TestFolder()
    journal = try folder.journal()
    template = try #require(BuiltInRetroTemplates.template("midwatch"))
    try perform(DeclareIncident(systems: ["x"], severity: .s2, title: "Slow", plan: IncidentPlan()))
    try perform(DeclareIncident(systems: ["y"], severity: .s3, title: "Odd", plan: IncidentPlan()))
    var problems: [Problem] = []
    let document = PlaybookDocument("# Drain\n\n1. Do it\n", file: "drain.md", problems: &problems)
    try perform(StartRun(document, system: "x", sha256: "00", incident: "INC-1"))
    var plan = ClockPlan()
    plan.targets = [.init(severity: .s3, respond: .hours(1))]
    let hand = DeskHand()
    try perform(OpenTicket(subject: "No answer", text: "It hangs.", requester: "Ann", plan: plan, hand: hand))
    try perform(LinkTicket("T-1", to: "INC-1", hand: hand))
  }

  private func perform(_ act: some Act) throws {
    try journal.perform(act, by: TestFolder.actor, at: Clock.now())
  }

  private func order(_ incidents: String..., as format: RetroFormat = .md) -> ExportOrder {
    ExportOrder(incidents, as: format, rendering: RetroRendering(template: template))
  }

  @Test func runsAndTicketsAreReadWithTheirIncident() throws {
    let incident = try #require(try journal.entity(Incident.self, key: "INC-1"))
    let report = try ReportReader.report(of: incident, in: journal, at: Clock.now())
    #expect(report.runs.map(\.key) == ["R-1"] && report.tickets.map(\.ticket.key) == ["T-1"])
    #expect(report.tickets.first?.conversation.map(\.text) == ["It hangs."])
    let head = try journal.head()
    #expect(report.stamp.count == head.count && report.stamp.head == head.hash)
  }

  @Test func screenSevenWritesForReadersOutside() throws {
    var wish = ExportWish(incidents: ["INC-1", "INC-2"], format: .md, template: "google")
    wish.outward = ExportWish.Outward()
    let told = try WishedExport.write(wish, from: journal, by: TestFolder.actor, at: Clock.now())
    let place = URL(fileURLWithPath: journal.path).deletingLastPathComponent().path
    let path = "\(place)/INC-1-INC-2-external.md"
    #expect(told.hasPrefix("\(path); left out: ") && told.contains("tickets: 1"), "\(told)")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("Slow") && !text.contains("INC-1") && !text.contains("It hangs."))
    let facts = try journal.events(matching: EventQuery(incident: "INC-2", kinds: [ExportMade.kind]))
      .compactMap { $0.fact(ExportMade.self) }
    #expect(facts.map(\.external) == [true])
  }

  @Test func whatWasMadeIsRecordedOfEachIncidentAndOnlyThen() throws {
    let before = try journal.head().count
    let export = try Exporter.make(order("INC-2", "INC-1", as: .json), from: journal, at: Clock.now())
    #expect(try journal.head().count == before)
    try Exporter.record(export, in: journal, by: TestFolder.actor, at: Clock.now())
    let facts = try ["INC-1", "INC-2"].map { key in
      try journal.events(matching: EventQuery(incident: key, kinds: [ExportMade.kind]))
        .compactMap { $0.fact(ExportMade.self) }
    }
    #expect(facts.map(\.count) == [1, 1])
    #expect(facts.joined().allSatisfy { $0.format == "json" && !$0.external && $0.count == before })
    #expect(Set(facts.joined().map(\.fileDigest)).count == 1)
    let reading = try folder.journal(readOnly: true)
    let count = try reading.head().count
    let again = try Exporter.make(order("INC-1"), from: reading, at: Clock.now())
    try Exporter.record(again, in: reading, by: TestFolder.actor, at: Clock.now())
    #expect(try reading.head().count == count)
  }

  @Test func whatIsLeftOutIsCountedOverAll() throws {
    var order = order("INC-1", "INC-2")
    order.outward = ExportOrder.Outward()
    let export = try Exporter.make(order, from: journal, at: Clock.now())
    let text = String(decoding: export.bytes, as: UTF8.self)
    #expect(text.hasPrefix("# Slow\n") && text.contains("\n---\n\n# Odd\n"))
    #expect(!text.contains("INC-") && !text.contains("ops1") && !text.contains("Ann"))
    #expect(export.removed.contains { $0.what == "roles and hand-overs" && $0.count == 2 })
    #expect(export.removed.contains { $0.what == "tickets" && $0.count == 1 })
  }

  @Test func whatIsNotThereIsRefused() throws {
    #expect(throws: Refusal("There is no incident INC-7; `midwatch incident list` shows them.")) {
      try Exporter.make(order("INC-1", "INC-7"), from: journal, at: Clock.now())
    }
    #expect(throws: Refusal.self) {
      try Exporter.export("INC-1", as: "pdf", from: journal, by: TestFolder.actor, at: Clock.now())
    }
    #expect(throws: Refusal.self) { try Exporter.write([1], to: folder.path + "/none/file") }
  }

  /// Whose text is gone is told to be gone.
  @Test func anErasedEntryIsExportedAsErased() throws {
    try perform(AddNote("Ann's number is 0123", incident: "INC-1"))
    let note = try #require(
      try journal.events(matching: EventQuery(incident: "INC-1", kinds: [NoteAdded.kind])).first)
    _ = try journal.erase(event: note.id, reason: "personal", by: TestFolder.actor, at: Clock.now())
    for format in RetroFormat.allCases {
      let export = try Exporter.make(order("INC-1", as: format), from: journal, at: Clock.now())
      let text = String(decoding: export.bytes, as: UTF8.self)
      #expect(text.contains("note.added: its text was erased") && !text.contains("0123"), "\(format)")
    }
  }

  /// Its title is gone; that there was an incident is not.
  @Test func anErasedDeclarationLeavesAnIncident() throws {
    let declared = try #require(
      try journal.events(matching: EventQuery(incident: "INC-1", kinds: [IncidentDeclared.kind])).first)
    _ = try journal.erase(event: declared.id, reason: "personal", by: TestFolder.actor, at: Clock.now())
    let incident = try #require(try journal.entity(Incident.self, key: "INC-1"))
    #expect(incident.isOpen && incident.number == 1 && incident.title == "(erased)")
    #expect(incident.started == declared.occurred && incident.severityName == "erased")
    for format in RetroFormat.allCases {
      let export = try Exporter.make(order("INC-1", as: format), from: journal, at: Clock.now())
      let text = String(decoding: export.bytes, as: UTF8.self)
      #expect(text.contains("INC-1") && text.contains("erased") && !text.contains("Slow"), "\(format)")
    }
    try perform(
      ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no"))
    #expect(try journal.entity(Incident.self, key: "INC-1")?.closed != nil)
  }

  /// As root, a rename would put a plain file where the device or the pipe was.
  @Test func aPipeIsWrittenToAndStays() throws {
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    // Both ends, so that neither opening waits for the other.
    let end = open(path, O_RDWR | O_NONBLOCK)
    defer { close(end) }
    try Exporter.write(Array("# Slow\n".utf8), to: path)
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(end, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "# Slow\n")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test func aFileIsReplacedWhole() throws {
    let path = folder.path + "/retro.md"
    try Exporter.write(Array("longer before".utf8), to: path)
    try Exporter.write(Array("after".utf8), to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "after")
    #expect(throws: Refusal.self) { try Exporter.write([], to: folder.path) }
  }
}
