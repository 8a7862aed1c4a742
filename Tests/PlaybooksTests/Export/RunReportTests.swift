import Incidents
import TestSupport
import Testing
import Values

@testable import Playbooks

struct RunReportTests {
  private let record = MemoryRecord()
  private let document = read(
    """
    ---
    variables: {KEY: {secret: true}}
    steps:
      Turn it off: {undo: Turn it on}
    ---
    # High error rate

    1. Turn it off
       ```sh
       echo {{WHO}} {{KEY}}
       ```
    2. Look | at it
    3. Turn it on
    """, file: "high-error-rate.md"
  ).document

  private func start() throws {
    try record.perform(
      StartRun(document, system: "shop", sha256: "ab12", variables: ["WHO": "a`b|c"]), at: "03:00")
    try record.perform(SetVariable(run: "R-1", name: "KEY", content: .secret), at: "03:01")
  }

  private func execute(_ id: String, exit: Int, _ text: String) throws {
    let run = try #require(try record.entity(Run.self, "R-1"))
    let setting = CommandPlan.Setting(
      values: run.runValues(secrets: ["KEY": Secret("hunter22")]), declared: ["WHO", "KEY"],
      directory: "/work", target: "shop")
    let step = try #require(document.step("1.1"))
    let plan = try CommandPlan.make(step, 0, of: document, in: run, setting).get()
    let mark = ProcessMark(host: "h", boot: "", pid: 1, since: 0)
    try record.perform(
      StartCommand(plan, run: "R-1", id: id, mode: .once, digest: "d1", owner: mark), at: "03:02")
    var report = CommandReport(id: id)
    (report.exit, report.succeeded, report.took) = (exit, exit == 0, .milliseconds(1500))
    report.output = Array(text.utf8)
    (report.sha256, report.digest) = ("s-\(id)", "all-\(id)")
    report.lines = text.count { $0 == "\n" }
    try record.perform(FinishCommand(run: "R-1", report), at: "03:03")
  }

  private func markdown(_ outputs: [String: String] = [:]) throws -> String {
    let run = try #require(try record.entity(Run.self, "R-1"))
    let made = try #require(Instant(rfc3339: "2026-11-21T04:00:00Z"))
    let stamp = RunReport.Stamp(journal: "main", origin: "0f", count: 12, head: "9f3a")
    return RunReport(
      run, of: document, outputs: outputs, evidence: AttachedEvidence.all(in: record.events), stamp: stamp,
      made: made
    ).markdown
  }

  @Test func tellsWhatWasDone() throws {
    try start()
    try execute("c1", exit: 3, "no\n")
    try execute("c2", exit: 0, "```\n# not a heading\n\u{1B}[2Jyes\n")
    try record.perform(TickStep(run: "R-1", step: "1.1"), by: "ops2", at: "03:04")
    try record.perform(SkipStep(run: "R-1", step: "1.2", reason: "<b>no</b> time | left"), at: "03:05")
    let text = try markdown(["s-c1": "no\n", "s-c2": "```\n# not a heading\n\u{1B}[2Jyes\n"])
    #expect(
      text == """
        # R-1 High error rate

        - Playbook: high-error-rate
        - System: shop
        - Incident: none
        - Begun: 2026-11-21 03:00:00Z by ops1
        - Ended: not yet
        - Steps settled: 2 of 3
        - Text: SHA-256 ab12

        ## Values

        | Name | Value |
        | --- | --- |
        | KEY | ••• (secret) |
        | WHO | a\\`b\\|c |

        ## Still in force

        - Turn it off, since 2026-11-21 03:04:00Z by ops2; to take it back: Turn it on

        ## Steps

        | Step |  | State | UTC | By | Why |
        | --- | --- | --- | --- | --- | --- |
        | 1.1 | Turn it off | done | 2026-11-21 03:04:00Z | ops2 |  |
        | 1.2 | Look \\| at it | skipped | 2026-11-21 03:05:00Z | ops1 | \\<b\\>no\\</b\\> time \\| left |
        | 1.3 | Turn it on | to do |  |  |  |

        ### 1.1 Turn it off

        ```sh
        echo 'a`b|c' •••
        ```

        - 2026-11-21 03:02:00Z by ops1, in /work, on shop, with KEY, WHO in its environment
        - SHA-256 of the command: d1
        - Failed: exit 3, in 1s, 1 line
        - SHA-256 of all it wrote: all-c1

        ```text
        no
        ```

        ```sh
        echo 'a`b|c' •••
        ```

        - 2026-11-21 03:02:00Z by ops1, in /work, on shop, with KEY, WHO in its environment
        - SHA-256 of the command: d1
        - Succeeded: exit 0, in 1s, 3 lines
        - SHA-256 of all it wrote: all-c2

        ````text
        ```
        # not a heading
        ␛[2Jyes
        ````

        ## Integrity

        Written 2026-11-21 04:00:00Z from the journal main (origin 0f) at event 12, head 9f3a.
        `midwatch journal verify --against FILE` tells whether that journal still says the same.

        """)
  }

  @Test func namesWhatIsEvidence() throws {
    try start()
    try execute("c1", exit: 3, "no\n")
    #expect(try !markdown().contains("## Evidence"))
    try record.perform(AttachEvidence(run: "R-1", command: "c1"), by: "ops2", at: "03:08")
    let text = try markdown()
    #expect(
      text.contains(
        """
        ## Evidence

        ### E1 1.1 Turn it off

        ```sh
        echo 'a`b|c' •••
        ```

        - Attached: 2026-11-21 03:08:00Z by ops2
        - From: R-1 1.1, run 2026-11-21 03:02:00Z by ops1, exit 3 after 1s, 1 line
        - SHA-256: s-c1, 3 bytes, in the journal

        ## Integrity

        """))
    #expect(!text.contains("hunter22"))
  }

  @Test func tellsWhatIsNotKnown() throws {
    try start()
    try execute("c1", exit: 0, "gone\n")
    let run = try #require(try record.entity(Run.self, "R-1"))
    let started = try #require(run.executions.first?.started)
    #expect(RunReport.wanted(of: run) == ["s-c1"] && started.digest == "d1")
    #expect(try markdown().contains("- Its output is not in the journal any more: SHA-256 s-c1\n"))
    try record.perform(FinishRun(run: "R-1"), at: "03:30")
    #expect(
      try markdown().contains(
        "- Ended: 2026-11-21 03:30:00Z by ops1, stopped with steps left, after 30m00s\n"))
  }

  @Test func showsTheBeginningAndTheEndOfLongOutput() throws {
    try start()
    let long = (1...200).map { "line \($0)\n" }.joined()
    try execute("c1", exit: 0, long)
    let text = try markdown(["s-c1": long])
    #expect(text.contains("line 40\n… 140 lines are left out here …\nline 181\n"))
    #expect(!text.contains("line 41\n") && text.contains("line 200\n```"))
  }

  @Test func nothingInAnOutputEndsItsFence() {
    for text in ["```", "a ````` b\n```", "~~~\n````\n```````"] {
      let lines = OutputExcerpt.fenced(text, as: "text")
      let fence = lines.last ?? ""
      #expect(lines.first == fence + "text" && fence.allSatisfy { $0 == "`" })
      #expect(lines.dropFirst().dropLast().allSatisfy { !$0.contains(fence) })
    }
  }
}
