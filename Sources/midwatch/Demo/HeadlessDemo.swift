import Foundation
import Host
import Incidents
import Journal
import Retro
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
        if let line = Self.line(event) { Standard.out(line) }
      }
    }
  }

  /// `03:08:33Z PAGE firing PackErrorRatePage ensei-packs 5.6% >= 5%`.
  static func line(_ event: Event) -> String? {
    let at = event.occurred.clockUTC
    if let fact = event.fact(AlertFired.self) {
      let unit = fact.unit ?? .none
      let measure = [
        fact.value.map { Figure($0, unit: unit).description }, fact.sign,
        fact.threshold.map { Figure($0, unit: unit).description },
      ].compactMap { $0 }.joined(separator: " ")
      return Inert.terminal(
        "\(at) \(fact.level.rawValue.uppercased()) firing \(fact.rule) \(fact.system) \(measure)")
    }
    if let fact = event.fact(AlertResolved.self) {
      return Inert.terminal("\(at) resolved \(fact.rule) \(fact.system) \(fact.how.rawValue)")
    }
    if let fact = event.fact(EndpointChanged.self) {
      let reason = fact.reason.map { " \($0)" } ?? ""
      return Inert.terminal("\(at) endpoint \(fact.to) \(fact.system) \(fact.endpoint)\(reason)")
    }
    return nil
  }
}
