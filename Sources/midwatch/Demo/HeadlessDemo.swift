import Foundation
import Host
import Incidents
import Journal
import Systems
import Transfer
import Values

/// `demo --headless`: prints each transition as a line and exits.
struct HeadlessDemo {
  let state: StateOptions
  let folder: String
  let sources: [SystemSource]

  func run(for length: Span) throws {
    let journal = try state.open(folder: folder)
    let scribe = Scribe(journal)
    let news = Mailbox<Succession.News>()
    let end = Clock.now() + length
    var seen = try journal.head().count
    let succession = Succession(
      journal: journal, scribe: scribe, sources: sources, version: Version.text, mayPoll: true,
      tell: { news.post($0) })
    defer {
      succession.stop()
      scribe.stop()
    }
    while Clock.now() < end {
      _ = news.wait(timeout: min(.milliseconds(200), end - Clock.now()))
      for case .notice(let sentence) in news.drain() { Standard.error(sentence) }
      for event in try journal.events(after: seen) {
        seen = event.seq
        if let line = TransitionLine.text(event) { Standard.out(line) }
      }
    }
  }
}
