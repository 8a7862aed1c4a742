import Glibc
import Incidents
import Journal
import Playbooks
import Systems
import Testing
import Values

@testable import Host

/// Who has the last word before anything runs.
@Suite(.timeLimit(.minutes(2)))
struct CommandGateTests {
  private static let page = "# Page\n\n1. Do it\n\n   ```sh\n   touch ran\n   ```\n"

  /// A system with a run whose command's start is written down.
  private struct Scene {
    let folder: TestFolder
    let journal: Journal
    let source: SystemSource
    let order: CommandOrder

    init(system: String? = "shop", environment: String? = nil, yaml: String = "title: Shop\n") throws {
      folder = try TestFolder()
      journal = try folder.journal()
      try folder.write(CommandGateTests.page, to: "shop/page.md")
      source = try folder.source(yaml)
      let loaded = source.load().folder
      let document = try #require(loaded.playbook("page"))
      try journal.perform(
        StartRun(document, system: system, sha256: document.digest, environment: environment),
        by: TestFolder.actor, at: Clock.now())
      let setting = CommandPlan.Setting(values: [:], declared: [], directory: folder.path, target: "shop")
      let step = try #require(document.steps.first)
      let plan = try CommandPlan.make(step, 0, of: document, in: nil, setting).get()
      order = CommandOrder(id: "0193-one", run: "R-1", mode: .once, plan: plan)
      try journal.perform(
        StartCommand(
          plan, run: "R-1", id: order.id, mode: .once, digest: plan.digest, owner: ProcessTable.ownMark()),
        by: TestFolder.actor, at: Clock.now())
    }

    func trust() throws {
      let act = TrustSystem(system: "shop", path: source.path, digest: source.load().folder.digest)
      try journal.perform(act, by: TestFolder.actor, at: Clock.now())
    }

    func refusal(
      _ order: CommandOrder? = nil, mayExecute: Bool = true, named: Set<String> = [],
      sources: [SystemSource]? = nil
    ) -> String? {
      CommandGate(journal, sources: sources ?? [source], named: named, mayExecute: mayExecute)
        .refusal(of: order ?? self.order)?.sentence
    }
  }

  @Test func aTrustedFoldersTextMayRun() throws {
    let scene = try Scene()
    #expect(
      scene.refusal()
        == "shop is not trusted as it is now: `midwatch trust \(scene.source.path)` shows what it wants.")
    try scene.trust()
    #expect(scene.refusal() == nil)
  }

  @Test func anEditTakesTrustBackAndTrustingAgainAsksToMoveOver() throws {
    let scene = try Scene()
    try scene.trust()
    try scene.folder.write("# Page\n\n1. Do it\n\n   ```sh\n   touch other\n   ```\n", to: "shop/page.md")
    #expect(scene.refusal()?.hasPrefix("shop is not trusted as it is now") == true)
    try scene.trust()
    #expect(
      scene.refusal()
        == "The run goes by an older text of page: move the run over to the new one first.")
  }

  @Test func whatCameWithTheBinaryNeedsNoTrust() throws {
    let scene = try Scene()
    let bundled = SystemSource(name: "shop", path: scene.source.path, environment: [:], isBundled: true)
    #expect(scene.refusal(sources: [bundled]) == nil)
    #expect(scene.refusal(sources: [])?.hasPrefix("There is no system shop here") == true)
  }

  @Test func nothingRunsWhereNothingMay() throws {
    let scene = try Scene()
    try scene.trust()
    #expect(
      scene.refusal(mayExecute: false) == "Nothing is run here: this console was opened without running.")
    let reader = try scene.folder.journal(readOnly: true)
    let gate = CommandGate(reader, sources: [scene.source], mayExecute: true)
    #expect(
      gate.refusal(of: scene.order)?.sentence.hasPrefix("Nothing is run here: the journal is read-only")
        == true)
  }

  @Test func onlyWhatTheJournalSaysWasStarted() throws {
    let scene = try Scene()
    try scene.trust()
    var order = scene.order
    order.id = "0193-two"
    #expect(scene.refusal(order) == "This command's start is not in the journal, or it has ended.")
    order = scene.order
    order.run = "R-9"
    #expect(scene.refusal(order) == "There is no run R-9 that this command could belong to.")
    order = scene.order
    order.mode = .background
    #expect(scene.refusal(order)?.hasPrefix("This command is another than the one") == true)
    order = scene.order
    order.plan = try CommandBench.order("touch other", directory: scene.folder.path).plan
    #expect(scene.refusal(order)?.hasPrefix("This command is another than the one") == true)
    try scene.journal.perform(
      FinishCommand(run: "R-1", CommandReport(id: scene.order.id)), by: TestFolder.actor, at: Clock.now())
    #expect(scene.refusal() == "This command's start is not in the journal, or it has ended.")
  }

  @Test func aReferenceEnvironmentIsNeverRun() throws {
    let yaml = "title: Shop\nenvironments:\n  old: {state: reference}\n  live: {}\n"
    let scene = try Scene(environment: "old", yaml: yaml)
    try scene.trust()
    #expect(scene.refusal() == "old is there for reference: its commands are shown and never run.")
    let live = try Scene(environment: "live", yaml: yaml)
    try live.trust()
    #expect(live.refusal() == nil)
  }

  @Test func aTextOutsideOfEverySystemRunsWhereSomebodyNamedIt() throws {
    let scene = try Scene(system: nil)
    try scene.trust()
    #expect(scene.refusal()?.hasPrefix("The run goes by a text outside of every system") == true)
    let digest = try #require(scene.source.load().folder.playbook("page")?.digest)
    #expect(scene.refusal(named: [digest]) == nil)
  }
}
