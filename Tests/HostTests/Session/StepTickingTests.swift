import Host
import Incidents
import Journal
import Playbooks
import Testing
import Values
import Watch

/// Steps tick themselves while an engine runs, whether anybody looks or not.
@Suite struct StepTickingTests {
  @Test func theEngineWritesDownWhatAStepWaitedFor() throws {
    let folder = try TestFolder()
    // Deep at first: nothing is ticked before it was drained.
    let server = try PageServer { "queue_depth \($0 < 3 ? 90 : 10)\n" }
    defer { server.stop() }
    let text = """
      ---
      steps:
        Wait: {until: queue_depth < 50}
        Look: {until: metrics down}
      ---
      # Drain
      1. Wait until it is drained.
      2. Look at it.
      3. Do something.
      """
    try folder.write(text, to: "shop/drain.md")
    let source = try folder.source(
      "title: Shop\nevery: 1s\nendpoints: {metrics: {scrape: \"http://127.0.0.1:\(server.port)/\"}}\n")
    let (system, problems) = source.load()
    try #require(problems.isEmpty, "\(problems)")
    let document = try #require(system.playbook("drain"))
    let journal = try folder.journal()
    let scribe = Scribe(journal)
    let start = StartRun(document, system: "shop", sha256: document.digest)
    scribe.perform(start, by: TestFolder.actor, at: Clock.now()) { _ in }
    let heard = Heard<Succession.News>()
    let mailbox = heard.mailbox
    let succession = Succession(
      journal: journal, scribe: scribe, sources: [source], version: "t", mayPoll: true
    ) {
      mailbox.post($0)
    }
    defer {
      succession.stop()
      scribe.stop()
    }
    let run = try Condition.wait(for: "the step to tick itself") {
      try journal.entity(Run.self, key: "R-1").flatMap { $0.state(of: "1.1") == .done ? $0 : nil }
    }
    let mark = try #require(run.marks["1.1"])
    #expect(mark.by == Identity.engine().handle && mark.means == .check && mark.reason == "queue_depth < 50")
    #expect(run.state(of: "1.2") == .todo && run.state(of: "1.3") == .todo && server.requests > 3)
  }
}
