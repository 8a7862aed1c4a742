import Foundation
import Incidents
import Playbooks
import Systems
import Terminal
import Testing
import Values

@testable import Console

/// What of a document, a run and its values can be seen and done.
@Suite struct PlaybookReadingTests {
  private func select(_ id: String, _ player: inout Player) {
    player.console.playbook.select(id)
    player.receive(.tick)
  }

  private func run(_ player: Player) -> Run? { player.journal.entity(Run.self, "R-1") }

  /// Everything that the right side shows of a document, whatever is selected.
  private func everything(_ player: inout Player) -> Set<String> {
    var words: Set<String> = []
    for id in player.console.playbook.outline.ids {
      select(id, &player)
      player.console.playbook.focus = .text
      player.console.playbook.isWhole = true
      let screen = player.console.playbook
      let layout = screen.layout(player.console.layout.stage, player.console.world, at: player.now)
      for row in screen.textRows(layout, player.console.world, at: player.now) {
        words.formUnion(Self.words(row.map(\.0).joined()))
      }
      player.console.playbook.isWhole = false
      player.console.playbook.focus = .steps
    }
    for row in player.console.playbook.outline.rows {
      switch row {
      case .section(let title, _): words.formUnion(Self.words(title))
      case .group(let label): words.formUnion(Self.words(label))
      case .step(let step): words.formUnion(Self.words("\(step.number) \(step.title)"))
      }
    }
    return words
  }

  private static func words(_ text: String) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  @Test(arguments: BundledTests.names) func nothingOfABundledPlaybookIsHidden(_ name: String) throws {
    let guide = Guide(try BundledTests.load(name))
    for document in guide.playbooks {
      // As it is written: no value stands in the place of a word.
      var bare = guide
      (bare.variables, bare.base, bare.links, bare.environments) = ([], nil, [:], [])
      var player = try Player(size: Size(width: 200, height: 50), guides: [bare])
      player.press("4")
      player.console.playbook.show(.init(system: name, playbook: document.name))
      player.receive(.tick)
      let shown = everything(&player)
      for section in document.sections {
        let said = Self.words(section.searchLines.joined(separator: " "))
        let defaults = Set(document.settings.variables.compactMap(\.name).flatMap { Self.words($0) })
        let missing = Set(said).subtracting(shown).subtracting(defaults).subtracting(Self.languages)
        #expect(missing.isEmpty, "\(name) \(document.name) \(section.title) hides \(missing.sorted())")
      }
    }
  }

  private static let seeds = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "../../../../shared/seeds").standardized

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: seeds.path), "../shared/seeds is not beside this checkout"))
  func nothingOfTheSeedsIsHidden() throws {
    let root = Self.seeds
    let files = try FileManager.default.contentsOfDirectory(atPath: root.path)
    for file in files.sorted() where file.hasSuffix(".md") {
      var problems: [Problem] = []
      let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
      var guide = Guide(system: "seed", title: "Seed")
      guide.playbooks = [PlaybookDocument(text, file: file, problems: &problems)]
      let name = try #require(guide.playbooks.first?.name)
      var player = try Player(size: Size(width: 200, height: 50), guides: [guide])
      player.press("4")
      player.console.playbook.show(.init(system: "seed", playbook: name))
      player.receive(.tick)
      let shown = everything(&player)
      for section in guide.playbooks[0].sections {
        let missing = Set(Self.words(section.searchLines.joined(separator: " "))).subtracting(shown)
          .subtracting(Self.languages)
        #expect(missing.isEmpty, "\(file) \(section.title) hides \(missing.sorted())")
      }
    }
  }

  /// What stands behind a fence, and is not shown as text.
  private static let languages: Set = [
    "bash", "sh", "console", "typescript", "javascript", "json", "yaml", "sql", "promql", "text", "ts", "js",
    "python",
    "env", "toml", "markdown", "http", "ini", "dockerfile", "mermaid",
  ]

  @Test func oneWayOutIsTakenAndTakenBack() throws {
    var player = try Runbook.player()
    select("3.1", &player)
    player.press("Space")
    #expect(run(player)?.state(of: "3.1") == .doing)
    #expect(run(player)?.state(of: "3.2") == .notApplicable)
    #expect(player.text.contains("chose 3.1; 3.2 does not apply · z undo"))
    player.press("z")
    #expect(run(player)?.state(of: "3.1") == .todo)
    #expect(run(player)?.state(of: "3.2") == .todo)
    player.press("Space", "Space")
    #expect(run(player)?.state(of: "3.1") == .done)
  }

  @Test func aStepIsGivenToSomebodyAndBack() throws {
    var player = try Runbook.player()
    select("2.2", &player)
    player.press("A", "^U")
    player.type("@ops2")
    player.press("Enter")
    #expect(run(player)?.assigned["2.2"] == "ops2")
    #expect(player.text.contains("ops2"))
    player.press("A", "^U", "Enter")
    #expect(run(player)?.assigned["2.2"] == nil)
    player.press("A", "^U")
    player.type("No Handle")
    player.press("Enter")
    #expect(player.text.contains("is no handle"))
  }

  @Test func aStepThatFailedIsTickedRetriedOrSkipped() throws {
    var player = try Runbook.player()
    select("2.4", &player)
    player.press("f")
    player.press("Enter")
    #expect(player.text.contains("Say in a few words what went wrong."))
    player.type("they do not start")
    player.press("Enter")
    #expect(run(player)?.state(of: "2.4") == .failed)
    player.press("S")
    player.type("done by hand")
    player.press("Enter")
    #expect(run(player)?.state(of: "2.4") == .skipped)
    select("2.3", &player)
    player.press("b")
    #expect(run(player)?.state(of: "2.3") == .doing)
    player.press("Space")
    #expect(run(player)?.state(of: "2.3") == .done)
  }

  @Test func aNoteSaysWhichStepItIsAbout() throws {
    var player = try Runbook.player()
    select("2.2", &player)
    player.press("n")
    #expect(player.text.contains("note to the journal on 2.2"))
    player.type("nothing happens")
    player.press("Enter")
    let note = try #require(player.journal.events.last?.fact(NoteAdded.self))
    #expect(note.text == "queue-backlog 2.2 Drain what cannot be done: nothing happens")
  }

  @Test func aValueIsChangedWithAReasonOnly() throws {
    var player = try Runbook.player()
    player.press("Space", "v", "Tab", "Right", "Enter")
    #expect(run(player)?.values["REGION"]?.value == "us-east", "the first time nothing is changed")
    player.press("v", "Tab", "Left", "Enter")
    #expect(player.text.contains("say why it changes"))
    #expect(run(player)?.values["REGION"]?.value == "us-east")
    player.press("Tab", "Tab")
    player.type("moved over")
    player.press("Enter")
    #expect(run(player)?.values["REGION"]?.value == "eu-west")
    let fact = try #require(player.journal.events.compactMap { $0.fact(RunVariableSet.self) }.last)
    #expect(fact.reason == "moved over")
  }

  @Test func whatACommandWroteIsCopiedAndAttached() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("x", "Enter")
    player.write("one\ntwo\n")
    player.press("e")
    #expect(player.text.contains("It still runs"))
    player.end()
    player.press("Tab", "Tab", "y")
    #expect(player.copied == ["one\ntwo\n"])
    player.press("e")
    let evidence = try #require(player.journal.events.last?.fact(EvidenceAttached.self))
    #expect(evidence.what == "1.2 Search the logs" && evidence.from.text == "grep -c timeout worker.log")
    #expect(evidence.from.end == "exit 0 (found)" && evidence.from.lines == 2)
    #expect(evidence.blob.sha256.hasPrefix("88c1") && evidence.blob.bytes == 8)
    #expect(player.text.contains("attached to the journal as evidence · z undo"))
    player.press("z")
    let event = try #require(player.journal.events.last?.fact(EventRetracted.self))
    #expect(event.target == player.journal.events.last { $0.kind == EvidenceAttached.kind }?.id)
  }

  @Test func aSecretOutputIsNoEvidence() throws {
    var player = try Runbook.player()
    let step = try #require(player.console.playbook.outline.steps.first { $0.title.hasPrefix("Rotate") })
    select(step.number, &player)
    player.press("x")
    player.type("s3cr3t-token")
    player.press("Enter", "Enter")
    player.write("new token: abc\n")
    player.end()
    player.forget()
    player.press("e")
    #expect(player.text.contains("`output: secret` keeps the digest alone of what it wrote"))
    #expect(!player.asked.contains("AttachEvidence"))
  }

  @Test func ofALongOutputTheFileIsAskedFor() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("x", "Enter")
    player.write("one\n")
    player.end(file: "output/a.txt")
    player.forget()
    player.press("e")
    #expect(player.asked == ["AttachEvidence with its file"])
    #expect(player.journal.events.last?.fact(EvidenceAttached.self)?.from.part == .ends)
  }

  @Test func theOutputIsSearchedBothWays() throws {
    var player = try Runbook.player()
    select("1.2", &player)
    player.press("x", "Enter")
    player.write((1...200).map { $0 % 50 == 0 ? "needle \($0)" : "hay \($0)" }.joined(separator: "\n") + "\n")
    player.end()
    player.press("Tab", "Tab", "/")
    player.type("needle")
    player.press("Enter")
    // From what is in sight on, around the end.
    #expect(player.console.playbook.output.match == 199)
    player.press("n")
    #expect(player.console.playbook.output.match == 49)
    player.press("n", "N", "N")
    #expect(player.console.playbook.output.match == 199)
    #expect(player.console.shell.overlay == nil)
    player.press("Esc")
    #expect(player.console.playbook.output.search.isEmpty)
    player.press("n")
    #expect(player.text.contains("note to the journal"), "without a search n is what it is everywhere")
    player.press("Esc", "g")
    #expect(player.text.contains("hay 1 ") || player.text.contains("hay 1\n"))
    player.press("G")
    #expect(player.text.contains("needle 200"))
  }

  @Test func aLinkIsCopiedFromTheTextItStandsIn() throws {
    var player = try Runbook.player()
    select("#queue-backlog", &player)
    #expect(player.text.contains("<https://grafana.example/d/queue>"))
    player.press("y")
    #expect(player.copied == ["https://grafana.example/d/queue"])
  }

  @Test func theListFindsWordsInAllPlaybooksAndOpensThere() throws {
    var player = try Runbook.player()
    player.press("Esc", "/")
    player.type("restart the broker")
    #expect(player.text.contains("Recover: "))
    player.press("Enter", "Enter")
    #expect(player.console.playbook.open?.playbook == "queue-backlog")
    #expect(player.console.playbook.selectedStep?.number == "3.1")
  }

  @Test func anEditedRunbookIsMovedOver() throws {
    var player = try Runbook.player()
    player.press("x", "Enter")
    player.end()
    var problems: [Problem] = []
    let edited = Runbook.text.replacing(
      "4. Start the workers again.", with: "4. Start the workers again.\n5. Look once more.")
    var guide = Runbook.guide
    guide.playbooks[1] = PlaybookDocument(edited, file: "queue-backlog.md", problems: &problems)
    guide.digests["queue-backlog"] = "cc33"
    player.texts["cc33"] = edited
    player.console.world.guides = [guide]
    player.receive(.tick)
    #expect(player.text.contains("the runbook changed since the run began"))
    #expect(player.console.playbook.outline.step("2.5") == nil)
    player.press("M", "Esc")
    #expect(run(player)?.snapshot == "bb22")
    player.press("M", "Enter")
    #expect(run(player)?.snapshot == "cc33")
    #expect(player.console.playbook.outline.step("2.5") != nil)
    #expect(run(player)?.state(of: "1.1") == .done)
    #expect(!player.text.contains("changed since"))
  }

  @Test func whatIsInForceIsTakenBackByItsStepOrByHand() throws {
    var player = try Runbook.player()
    select("2.1", &player)
    player.press("Space")
    #expect(player.text.contains("in force: Pause the workers — undo: Start the workers again"))
    player.press("U")
    player.press("Enter")
    #expect(player.text.contains("Say in a few words how it was undone."))
    player.type("restarted by ops2")
    player.press("Enter")
    #expect(run(player)?.effects.isEmpty == true)
    select("2.1", &player)
    player.press("z")
    player.press("Space")
    #expect(run(player)?.effects.count == 1)
    select("2.4", &player)
    player.press("Space")
    #expect(run(player)?.effects.isEmpty == true)
  }

  @Test func theWholeStageIsGivenAndGivenBack() throws {
    var player = try Runbook.player(Size(width: 80, height: 24))
    player.press("Enter", "Enter")
    #expect(player.console.playbook.isWhole)
    player.press("Esc")
    #expect(!player.console.playbook.isWhole)
    player.press("Esc")
    #expect(player.console.playbook.focus == .steps)
  }

  @Test(arguments: [1, 20, 40, 60, 84, 200], [1, 6, 10, 24]) func noSizeCrashes(_ width: Int, _ height: Int)
    throws
  {
    var player = try Runbook.player(Size(width: width, height: height))
    for step in player.console.playbook.outline.ids {
      select(step, &player)
      for keys in [["x"], ["Esc", "Tab"], ["Tab", "Enter"], ["Esc", "Esc"]] {
        for key in keys { player.press(key) }
        _ = player.frame
      }
      player.console.playbook.show(.init(system: "ensei-packs", playbook: "queue-backlog"))
      player.receive(.tick)
    }
  }
}
