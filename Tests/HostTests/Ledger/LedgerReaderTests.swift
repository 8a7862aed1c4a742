import Comms
import Console
import Incidents
import Journal
import Playbooks
import Testing
import Transfer
import Values

@testable import Host

@Suite struct LedgerReaderTests {
  private let now = Instant(rfc3339: "2026-11-21T03:12:45Z") ?? Instant(milliseconds: 0)

  @Test func whatWasSentIsReadAndWhatWasDiscardedIsNot() throws {
    let folder = try TestFolder()
    let actor = Actor(handle: "ops1", host: "jump2", uid: 1000)
    let journal = try Journal(JournalOptions(folder: folder.path, folds: Folds.all), by: actor, at: now)
    for subject in ["open", "sent", "discarded"] {
      try journal.perform(
        SaveDraft(
          incident: nil, template: nil, audience: "users", stage: .investigating, subject: subject,
          text: "We are on it."),
        by: actor, at: now)
    }
    try journal.perform(
      MarkSent("D-2", revision: 1, destinations: ["mail"], nextUpdate: nil, head: "1·aa"), by: actor, at: now)
    try journal.perform(DiscardDraft("D-3", reason: "wrong audience"), by: actor, at: now)

    let news = Mailbox<Result<Ledger, any Error>>()
    let reader = LedgerReader(journal) { news.post($0) }
    defer { reader.stop() }
    _ = news.wait(timeout: .seconds(10))
    let ledger = try #require(news.drain().last).get()
    #expect(ledger.drafts.map(\.subject).sorted() == ["open", "sent"])
  }

  private func document() -> PlaybookDocument {
    var problems: [Problem] = []
    return PlaybookDocument(
      "# Test\n\n1. Do it\n   ```sh\n   true\n   ```\n", file: "t.md", problems: &problems)
  }

  /// A run that was ended although a command of it had not, whose console is gone.
  private func leaveCommand(in journal: Journal, finishing: Bool = true) throws {
    let actor = TestFolder.actor
    let own = ProcessTable.ownMark()
    let gone = ProcessMark(host: own.host, boot: own.boot, pid: own.pid, since: own.since - 1)
    let plan = try CommandBench.order("true").plan
    try journal.perform(StartRun(document(), system: "x", sha256: "00"), by: actor, at: now)
    try journal.perform(
      StartCommand(plan, run: "R-1", id: "c1", mode: .once, digest: "d", owner: gone), by: actor, at: now)
    if finishing { try journal.perform(FinishRun(run: "R-1"), by: actor, at: now) }
  }

  private func lost(in journal: Journal) throws -> String {
    try Condition.wait(for: "the loss in the journal") {
      guard case .unknown(let why, _)? = try journal.entity(Run.self, key: "R-1")?.executions.first?.end
      else {
        return nil
      }
      return why
    }
  }

  /// As a console has them: what the ledger shows is looked at.
  private func watching(_ journal: Journal) -> (LedgerReader, CommandWatch) {
    let actor = TestFolder.actor
    let watch = CommandWatch(lose: { _ = try? journal.perform($0, by: actor, at: Clock.now()) }) { _ in }
    let reader = LedgerReader(journal) { if case .success(let ledger) = $0 { watch.look(ledger) } }
    return (reader, watch)
  }

  @Test func aCommandOfAFinishedRunIsLostWithItsConsole() throws {
    let folder = try TestFolder()
    let journal = try folder.journal()
    try leaveCommand(in: journal)
    let (reader, watch) = watching(journal)
    defer {
      reader.stop()
      watch.stop()
    }
    #expect(try lost(in: journal).contains("ended without a word"))
    let run = try #require(try journal.entity(Run.self, key: "R-1"))
    #expect(run.end != nil && run.state(of: "1.1") == .doing, "a run that has ended is not changed any more")
  }

  @Test func soIsOneWhoseRunIsFinishedWhileSomebodyLooks() throws {
    let folder = try TestFolder()
    let journal = try folder.journal()
    try leaveCommand(in: journal, finishing: false)
    let heard = Heard<Ledger>()
    let mailbox = heard.mailbox
    let reader = LedgerReader(journal) { if case .success(let ledger) = $0 { mailbox.post(ledger) } }
    defer { reader.stop() }
    try heard.first("the open run", patience: .seconds(40)) { $0.runs.first?.isOpen == true ? true : nil }
    try journal.perform(FinishRun(run: "R-1"), by: TestFolder.actor, at: now)
    // Its command has not ended, so it stays.
    try heard.first("the run that has ended", patience: .seconds(40)) {
      $0.runs.first?.end != nil ? true : nil
    }
    let lost = LoseCommand(run: "R-1", id: "c1", reason: "Nobody knows.")
    try journal.perform(lost, by: TestFolder.actor, at: now)
    try heard.first("that nothing is left", patience: .seconds(40)) { $0.runs.isEmpty ? true : nil }
  }
}
