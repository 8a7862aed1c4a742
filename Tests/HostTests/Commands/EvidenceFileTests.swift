import Foundation
import Incidents
import Journal
import Playbooks
import Testing
import Values

@testable import Host

/// Evidence as the journal keeps it: what a command wrote, from its end to `verify`.
@Suite(.timeLimit(.minutes(10)))
struct EvidenceFileTests {
  /// More than memory keeps, and than a row of the journal may be.
  private static let flood = "head -c 9000000 /dev/zero | tr '\\0' x | fold -w 4000"

  private func document() throws -> PlaybookDocument {
    var problems: [Problem] = []
    return PlaybookDocument(
      "# Test\n\n1. Do it\n\n   ```sh\n   true\n   ```\n", file: "t.md", problems: &problems)
  }

  /// A run in a journal, and a command of it that really ran.
  private func run(_ bench: CommandBench, _ journal: Journal, _ order: CommandOrder) throws -> CommandReport {
    let actor = TestFolder.actor
    if try journal.entity(Run.self, key: "R-1") == nil {
      try journal.perform(StartRun(document(), system: "x", sha256: "00"), by: actor, at: Clock.now())
    }
    let owner = ProcessMark(host: "h", boot: "", pid: 1, since: 0)
    try journal.perform(
      StartCommand(order.plan, run: "R-1", id: order.id, mode: .once, digest: "d", owner: owner), by: actor,
      at: Clock.now())
    let report = try #require(try bench.run(order, patience: .seconds(400)).report)
    try journal.perform(FinishCommand(run: "R-1", report), by: actor, at: Clock.now())
    return report
  }

  private func attach(_ order: CommandOrder, _ file: AttachEvidence.File?, _ journal: Journal) throws
    -> EvidenceAttached
  {
    let events = try journal.perform(
      AttachEvidence(run: "R-1", command: order.id, file: file), by: TestFolder.actor, at: Clock.now())
    return try #require(events.first?.fact(EvidenceAttached.self))
  }

  @Test func aShortOneIsWhatTheCommandLeft() throws {
    let bench = try CommandBench()
    let journal = try bench.folder.journal()
    let order = try CommandBench.order("echo here is {{KEY}}", values: ["KEY": .secret(Secret("hunter22"))])
    _ = try run(bench, journal, order)
    let fact = try attach(order, OutputFolder(state: bench.folder.path).whole(of: order.id), journal)
    let text = try #require(try journal.blob(sha256: fact.blob.sha256))
    #expect(String(decoding: text, as: UTF8.self) == "here is •••\n" && fact.from.part == .whole)
    #expect(journal.verify() == .intact(try journal.head()))
  }

  @Test func ofALongOneTheWholeFileIsKept() throws {
    let bench = try CommandBench()
    let journal = try bench.folder.journal()
    let order = try CommandBench.order(Self.flood)
    let report = try run(bench, journal, order)
    #expect(report.isTruncated)
    let folder = OutputFolder(state: bench.folder.path)
    #expect(folder.whole(of: order.id, limit: 1 << 20) == nil, "longer than it may be")
    let file = try #require(folder.whole(of: order.id))
    #expect(file.sha256 == report.digest)
    let fact = try attach(order, file, journal)
    #expect(fact.from.part == .whole && fact.blob.bytes == file.bytes.count && fact.blob.bytes > 9_000_000)
    #expect(try journal.blob(sha256: fact.blob.sha256) == file.bytes)
    #expect(journal.verify() == .intact(try journal.head()))
    // Outside the database, and held against its digest all the same.
    let blob = journal.path + ".blobs/" + fact.blob.sha256
    try #require(FileManager.default.fileExists(atPath: blob))
    #expect(chmod(blob, 0o600) == 0)
    try Data("forged".utf8).write(to: URL(fileURLWithPath: blob))
    guard case .broken = journal.verify() else {
      Issue.record("forged evidence went unnoticed")
      return
    }
  }

  @Test func aFileThatWasChangedIsNotTakenForIt() throws {
    let bench = try CommandBench()
    let journal = try bench.folder.journal()
    let order = try CommandBench.order(Self.flood)
    let report = try run(bench, journal, order)
    let path = bench.folder.path + "/" + (try #require(report.file))
    try Data("forged".utf8).write(to: URL(fileURLWithPath: path))
    let fact = try attach(order, OutputFolder(state: bench.folder.path).whole(of: order.id), journal)
    #expect(fact.from.part == .ends && fact.blob.sha256 == report.sha256)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/etc/passwd")
    #expect(OutputFolder(state: bench.folder.path).whole(of: order.id) == nil)
    #expect(OutputFolder(state: bench.folder.path).whole(of: "../../etc/passwd") == nil)
  }

  @Test func anExportHasItsText() throws {
    let bench = try CommandBench()
    let journal = try bench.folder.journal()
    let actor = TestFolder.actor
    try journal.perform(
      DeclareIncident(systems: ["x"], severity: .s2, title: "Slow", plan: IncidentPlan()), by: actor,
      at: Clock.now())
    try journal.perform(
      StartRun(document(), system: "x", sha256: "00", incident: "INC-1"), by: actor, at: Clock.now())
    let order = try CommandBench.order("echo deep water")
    _ = try run(bench, journal, order)
    _ = try attach(order, nil, journal)
    for format in ["md", "json"] {
      let bytes = try Exporter.export("INC-1", as: format, from: journal, by: actor, at: Clock.now())
      #expect(String(decoding: bytes, as: UTF8.self).contains("deep water"), "\(format)")
    }
  }
}
