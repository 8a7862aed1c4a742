import Console
import Foundation
import Glibc
import Playbooks
import Testing
import Values

@testable import Host

@Suite(.timeLimit(.minutes(2)))
struct CommandWatchTests {
  private static let page = "# Page\n\n1. Do it\n\n   ```sh\n   touch ran\n   ```\n"

  /// A ledger with one run and one command, as that process would have left it.
  private func ledger(id: String, owner: ProcessMark, in folder: TestFolder) throws -> Ledger {
    let journal = try folder.journal()
    var problems: [Problem] = []
    let document = PlaybookDocument(Self.page, file: "page.md", problems: &problems)
    try journal.perform(
      StartRun(document, system: "shop", sha256: document.digest), by: TestFolder.actor, at: Clock.now())
    let plan = try CommandBench.order("touch ran").plan
    try journal.perform(
      StartCommand(plan, run: "R-1", id: id, mode: .once, digest: plan.digest, owner: owner),
      by: TestFolder.actor, at: Clock.now())
    var ledger = Ledger()
    ledger.runs = try journal.entities(Run.self, open: true)
    return ledger
  }

  private struct Watching {
    let lost = Heard<LoseCommand>()
    let orphans = Heard<[Orphan]>()
    let watch: CommandWatch

    init() {
      let (losses, left) = (lost.mailbox, orphans.mailbox)
      watch = CommandWatch(lose: { losses.post($0) }, tell: { left.post($0) })
    }
  }

  @Test func aCommandWhoseConsoleIsGoneIsLostAndItsProcessTold() throws {
    let folder = try TestFolder()
    let own = ProcessTable.ownMark()
    let id = UUID().uuidString.lowercased()
    try LeftProcess.leave(["sleep", "600"], id: id)
    let gone = ProcessMark(host: own.host, boot: own.boot, pid: own.pid, since: own.since - 1)
    let watching = Watching()
    defer { watching.watch.stop() }
    watching.watch.look(try ledger(id: id, owner: gone, in: folder))
    let act = try watching.lost.first("the loss") { $0 }
    #expect(act.id == id && act.run == "R-1")
    #expect(
      act.reason
        == "Nobody knows how it ended: the console that had started it (process \(own.pid) of \(own.host)) "
        + "ended without a word.")
    let orphan = try watching.orphans.first("the orphan") { $0.first }
    #expect(orphan.id == id)
    watching.orphans.forget()
    kill(orphan.pid, SIGKILL)
    try watching.orphans.first("that none is left") { $0.isEmpty ? true : nil }
  }

  @Test func whatSomebodyStillWaitsForIsLeftAlone() throws {
    let own = ProcessTable.ownMark()
    let elsewhere = ProcessMark(host: "elsewhere", boot: "b", pid: 1, since: 1)
    let gone = ProcessMark(host: own.host, boot: "another", pid: 1, since: 1)
    let watching = Watching()
    defer { watching.watch.stop() }
    var ledgers: [Ledger] = []
    for (id, owner) in [("own", own), ("far", elsewhere), ("gone", gone)] {
      ledgers.append(try ledger(id: id, owner: owner, in: TestFolder()))
    }
    for ledger in ledgers { watching.watch.look(ledger) }
    // The last is looked at after the others.
    let act = try watching.lost.first("the loss of the last") { $0 }
    #expect(act.id == "gone" && act.reason.hasSuffix("\(own.host) was started anew meanwhile."))
    #expect(watching.lost.items.map(\.id) == ["gone"])
  }
}
