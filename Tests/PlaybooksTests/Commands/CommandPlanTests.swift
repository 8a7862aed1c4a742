import Testing
import Values

@testable import Playbooks

@Suite struct CommandPlanTests {
  private static let text = """
    ---
    keep: [TOTAL]
    destructive: [firebase deploy]
    timeout: 2m
    variables: {TOKEN: {secret: true}, NAME: {}}
    steps:
      Check:
        check: true
        every: 10s
        for: 5m
        exits: {1: none found}
        timeout: 9s
        output: secret
      Follow:
        background: true
    ---
    # P
    1. Check
       ```sh
       # Look for it
       grep {{NAME}} log
       ```
    2. Follow
       ```sh
       tail -f log
       ```
    3. Deploy
       ```sh
       firebase deploy --token {{TOKEN}}
       A=1
       echo "open
       ```
    4. Read.
    """

  private let document = read(text, file: "p.md").document

  private func plan(
    _ step: String, _ index: Int = 0, values: [String: RunValue] = [:], in run: Run? = nil
  ) throws -> Result<CommandPlan, CommandPlan.Objection> {
    let setting = CommandPlan.Setting(
      values: values, declared: ["TOKEN", "NAME"], directory: "/srv", target: "shop")
    return CommandPlan.make(try #require(document.step(step)), index, of: document, in: run, setting)
  }

  @Test func whatIsShownIsWhatRuns() throws {
    let plan = try plan("1.1", values: ["NAME": .plain("x y")]).get()
    #expect(plan.text.exact.revealed() == "grep 'x y' log" && plan.text.shown == "grep 'x y' log")
    #expect(plan.title == "Look for it" && plan.step == "1.1" && plan.index == 0)
    #expect(plan.directory == "/srv" && plan.target == "shop" && plan.danger == nil)
    #expect(plan.environment == ["NAME": Secret("x y")])
  }

  @Test func settingsOfTheStepComeBeforeThoseOfThePlaybook() throws {
    let check = try plan("1.1", values: ["NAME": .plain("a")]).get()
    #expect(check.isCheck && check.every == .seconds(10) && check.repeatsFor == .minutes(5))
    #expect(check.timeout == .seconds(9) && !check.keepsOutput && check.keep == ["TOTAL"])
    #expect(check.judge(1) == (true, "none found") && check.judge(0) == (true, nil))
    #expect(check.judge(2) == (false, nil))
    let follow = try plan("1.2").get()
    #expect(follow.isBackground && follow.timeout == .minutes(2) && follow.every == nil && follow.keepsOutput)
  }

  @Test func aSecretRunsAndIsNotShown() throws {
    let plan = try plan("1.3", values: ["TOKEN": .secret(Secret("hunter2"))]).get()
    #expect(plan.text.exact.revealed() == "firebase deploy --token hunter2")
    #expect(plan.text.shown == "firebase deploy --token •••" && plan.text.holdsSecret)
    #expect(plan.secrets == [Secret("hunter2")] && plan.danger == "firebase deploy")
    #expect(!"\(plan)".contains("hunter2"))
  }

  @Test func whatCannotRunSaysWhy() throws {
    func objection(_ step: String, _ index: Int = 0) throws -> String? {
      if case .failure(let why) = try plan(step, index) { why.sentence } else { nil }
    }
    #expect(try objection("1.1") == "No value yet for NAME.")
    #expect(try objection("1.4") == "Step 1.4 has no command to run; do it and tick it.")
    #expect(try objection("1.2", 7) == "Step 1.2 has no command to run; do it and tick it.")
    #expect(
      try objection("1.3", 1) == "This only sets variables: do it where they belong, and tick the step.")
    #expect(try objection("1.3", 2)?.hasPrefix("This command does not end: ") == true)
  }

  @Test func valuesThatWouldChangeHowProgramsAreFoundStayOut() throws {
    let values = [
      "NAME": "a", "PATH": "/evil", "LD_PRELOAD": "/evil.so", "IFS": "x", "BASH_ENV": "/evil",
      "HOME": "/evil",
      "MIDWATCH_COMMAND": "x", "project-id": "p", "1st": "x", "a b": "x", "zero": "a\0b",
    ].mapValues { RunValue.plain($0) }
    #expect(try plan("1.1", values: values).get().environmentNames == ["NAME", "project_id"])
  }
}
