import Host
import Incidents
import Journal
import Playbooks
import Testing
import Values

/// The engine writes down that a step's time is over, once, whichever engine it is.
@Suite struct StepOverdueTests {
  private func begin(_ name: String, in journal: Journal) throws {
    var problems: [Problem] = []
    let document = PlaybookDocument(
      "---\nsteps: {Pause: {due: 5m}}\n---\n# \(name)\n\n1. Pause it\n2. Look\n", file: "\(name).md",
      problems: &problems)
    try #require(problems.isEmpty)
    let act = StartRun(document, system: "shop", sha256: document.digest)
    try journal.perform(act, by: TestFolder.actor, at: Clock.now() - .minutes(10))
  }

  private func told(_ journal: Journal) throws -> [String] {
    try journal.events(matching: EventQuery(kinds: [StepOverdue.kind])).compactMap {
      $0.fact(StepOverdue.self).map { "\($0.run) \($0.step)" }
    }
  }

  /// Until this is in the journal an engine runs.
  private func engine(_ source: SystemSource, _ journal: Journal, until wanted: [String]) throws {
    let scribe = Scribe(journal)
    let succession = Succession(
      journal: journal, scribe: scribe, sources: [source], version: "t", mayPoll: true
    ) { _ in }
    defer {
      succession.stop()
      scribe.stop()
    }
    _ = try Condition.wait(for: "\(wanted) in the journal", patience: .seconds(40)) {
      try told(journal) == wanted ? true : nil
    }
  }

  @Test func isWrittenOnceAcrossATakeover() throws {
    let folder = try TestFolder()
    let source = try folder.source("title: Shop\n")
    let journal = try folder.journal()
    try begin("first", in: journal)
    try engine(source, journal, until: ["R-1 1.1"])
    // The next engine looks at both, and says only what nobody has said.
    try begin("second", in: journal)
    try engine(source, journal, until: ["R-1 1.1", "R-2 1.1"])
    let event = try #require(try journal.events(matching: EventQuery(kinds: [StepOverdue.kind])).first)
    let run = try #require(try journal.entity(Run.self, key: "R-1"))
    #expect(event.occurred == run.due(of: "1.1") && event.actor.handle == Identity.engine().handle)
  }
}
