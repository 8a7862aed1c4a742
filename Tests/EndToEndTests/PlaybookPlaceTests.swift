import Foundation
import TestSupport
import Testing

/// `playbook run` by environment, with values of the process's own, and with the terminal in a command's hands.
@Suite struct PlaybookPlaceTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      environments:
        production: {state: reference}
        staging: {base: "http://staging.example"}
        canary: {base: "http://canary.example"}
      contacts: [{role: primary, reach: pager 0101}]
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      ---
      services: [orders]
      escalation: [{name: L2, at: 15m, contact: primary}]
      variables:
        WHERE: {from: environment}
        REGION: {from: env.SHOP_REGION, choices: [eu, us], default: eu}
        KEY: {from: env.SHOP_KEY, secret: true}
      ---
      # Ops

      1. Look
         ```sh
         echo "at {{base}} in {{WHERE}} {{REGION}} as {{KEY}}"
         ```
      2. Drop it
         ```sh
         echo drop table
         ```
      3. Answer
         ```sh
         head -n 1 > answer
         ```
      """, to: "playbooks/shop/ops.md")
    let trusted = try sandbox.midwatch("trust", "--yes", sandbox.path + "/playbooks/shop")
    try #require(trusted.status == 0, "\(trusted.err)")
  }

  private func answer(_ lines: [String], _ arguments: [String], environment: [String: String] = [:]) throws
    -> Binary.Outcome
  {
    try sandbox.write(lines.map { $0 + "\n" }.joined(), to: "answers")
    return try Child.run(
      "/bin/sh", ["-c", "exec \"$0\" \"$@\" < '\(sandbox.path)/answers'", Binary.path] + arguments,
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }.merging(environment) { $1 },
      in: sandbox.path)
  }

  @Test func worksOnTheEnvironmentThatIsNamed() throws {
    let own = ["SHOP_REGION": "us", "SHOP_KEY": "hunter22"]
    let run = try answer(
      ["y", "d", "y", "staging", "y", "canary", "q"],
      ["playbook", "run", "ops", "--environment", "canary"], environment: own)
    #expect(run.out.contains("| at http://canary.example in canary us as •••"), "\(run.out)\(run.err)")
    #expect(run.out.contains("That is not canary, so nothing was run."))
    #expect(run.out.contains("| drop table"))
    let other = try answer(["q"], ["playbook", "run", "ops", "--environment", "staging"], environment: own)
    #expect(other.status != 0 && other.err.contains("R-1 works on canary, not on staging"), "\(other.err)")
    let stored = try Data(contentsOf: URL(fileURLWithPath: sandbox.path + "/state/journal.db"))
    #expect(stored.range(of: Data("hunter22".utf8)) == nil)
  }

  @Test func withoutAWordItWorksOnTheFirstThatRuns() throws {
    let run = try answer(["y", "q"], ["playbook", "run", "ops"], environment: ["SHOP_REGION": "mars"])
    #expect(run.out.contains("on staging"), "\(run.out)\(run.err)")
    #expect(
      run.err.contains(
        "The environment's SHOP_REGION is not taken for REGION, which has to be one of eu, us."))
  }

  @Test func refusesWhatIsNotThereAndWhatIsForReference() throws {
    let gone = try answer([], ["playbook", "run", "ops", "--environment", "moon"])
    #expect(
      gone.err.contains("There is no environment moon here; there are: production, staging, canary."),
      "\(gone.err)")
    let shown = try answer(["y", "q"], ["playbook", "run", "ops", "--environment", "production"])
    #expect(
      shown.out.contains("production is there for reference, so that its commands are not run"),
      "\(shown.out)")
  }

  @Test func showsWhomToCallAndForWhatServiceItIs() throws {
    let shown = try sandbox.midwatch("playbook", "show", "ops")
    #expect(shown.out.contains("for orders\n"), "\(shown.out)")
    #expect(shown.out.contains("escalates 15m after it began to L2: primary, pager 0101\n"), "\(shown.out)")
    #expect(try sandbox.midwatch("playbook", "list").out.contains("  orders"))
    #expect(try sandbox.midwatch("playbook", "find", "orders").out.contains("service orders"))
  }

  @Test func handsTheTerminalOverAndTakesItBack() throws {
    let screen = try Screen(
      width: 100, height: 30, environment: sandbox.environment,
      ["sh", "-c", "cd '\(sandbox.path)'; exec '\(Binary.path)' playbook run ops --start-at 1.3"])
    try screen.expect("1.3  y run")
    try screen.type("t")
    try screen.press("Enter")
    try screen.expect("1.3 has the terminal")
    try screen.type("deep water")
    try screen.press("Enter")
    try screen.expect("press a key to go back")
    try screen.press("Space")
    try screen.expect("exit 0 in ")
    let text = try Condition.wait(for: "what was typed") {
      try? String(contentsOfFile: sandbox.path + "/answer", encoding: .utf8)
    }
    #expect(text == "deep water\n")
    try screen.type("q")
    try screen.press("Enter")
    try screen.expect("[ended with 0]")
    let log = try sandbox.midwatch("playbook", "list", "--runs", "--format", "json")
    #expect(log.out.contains("\"state\" : \"succeeded\""), "\(log.out)")
  }
}
