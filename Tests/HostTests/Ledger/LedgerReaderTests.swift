import Comms
import Console
import Host
import Incidents
import Journal
import Testing
import Transfer
import Values

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
}
