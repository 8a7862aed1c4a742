import Foundation
import Host
import Incidents
import Retro
import Testing
import Values

@Suite struct TargetFileTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// By any way to it, nor what SQLite keeps beside it.
  @Test func noDatabaseIsWrittenOver() throws {
    let journal = try folder.journal()
    let now = Clock.now()
    try journal.perform(
      DeclareIncident(systems: ["shop"], severity: .s2, title: "Slow", plan: IncidentPlan()),
      by: TestFolder.actor, at: now)
    let incident = try #require(try journal.entity(Incident.self, key: "INC-1"))
    let stamp = try ReportReader.report(of: incident, in: journal, at: now).stamp
    let entry = RetroEntry(incident, retro: nil, actions: [], stamp: stamp, made: now)
    let file = folder.path + "/state/journal.db"
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/retro.md", withDestinationPath: file)
    try FileManager.default.linkItem(atPath: file, toPath: folder.path + "/retro.html")
    let head = try journal.head()
    for name in [
      "state/journal.db", "state/journal.db-wal", "state/journal.db-shm", "retro.md", "retro.html",
    ] {
      let path = folder.path + "/" + name
      let error = #expect(throws: Refusal.self) { try Exporter.write([1], to: path) }
      #expect(error?.sentence.contains("is a database") == true)
      #expect(throws: Refusal.self) { try RetroFile(path).append(entry) }
    }
    #expect(journal.verify() == .intact(head))
  }

  @Test func othersAreReplacedOrWrittenInPlace() throws {
    try folder.write("SQLite format 3", to: "short.md")
    try folder.write("", to: "empty.md-wal")
    for name in ["short.md", "empty.md-wal", "none.md", "."] {
      #expect(try TargetFile(folder.path + "/" + name) == .replaced)
    }
    #expect(try TargetFile("/dev/null") == .inPlace)
  }
}
