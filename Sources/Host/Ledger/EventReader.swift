import Console
import Incidents
import Journal
import Transfer
import Values
import Watch

/// Reads the events that a console looks at, on a thread of its own, a bit at a time: what is asked last is read
/// first. Reads again whenever somebody wrote.
package final class EventReader: Sendable {
  private enum Message: Sendable {
    case question(EventQuestion?)
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  /// How often the journal is looked at for other processes' commits: one pragma.
  private static let interval = Span.milliseconds(200)

  /// The strip of a question, and what it took to make it: as long as there are events.
  private struct Strip {
    var strip: EventStrip?
    let began: Uptime
    var ended: Uptime

    init(at now: Uptime) { (began, ended) = (now, now) }

    mutating func take(_ strip: EventStrip?, at now: Uptime) {
      self.strip = strip
      ended = now
    }

    /// A twentieth of the time is spent with it at most, however often somebody writes.
    func mayBeMadeAnew(at now: Uptime) -> Bool { now - ended > (ended - began) * 20 }
  }

  /// `tell` runs on the reader's thread.
  package init(_ journal: Journal, tell: @escaping @Sendable (Result<EventPage, any Error>) -> Void) {
    let messages = messages
    worker = Worker(name: "events") {
      let source = JournalEvents(journal)
      var question: EventQuestion?
      var reading: EventReading?
      // Of which state of the journal the page is, and of which the strip.
      var (seen, counted): (Int?, Int?)
      var strip: Strip?
      var isCounting = false
      while true {
        for message in messages.drain() {
          switch message {
          case .question(let wanted): (question, reading, strip, counted) = (wanted, nil, nil, nil)
          case .stop: return
          }
        }
        guard let wanted = question else {
          _ = messages.wait(timeout: nil)
          continue
        }
        do {
          let version = try journal.dataVersion()
          let mayCount = strip?.mayBeMadeAnew(at: Clock.steady()) ?? true
          let isOld = version != seen || (version != counted && mayCount)
          if reading == nil || (reading?.isDone == true && isOld) {
            (seen, isCounting) = (version, mayCount)
            if mayCount { (counted, strip) = (version, Strip(at: Clock.steady())) }
            reading = EventReading(wanted, at: Clock.now(), keeping: mayCount ? nil : strip?.strip)
          }
          if reading?.isDone == false {
            if let page = try reading?.step(source) {
              if isCounting { strip?.take(page.strip, at: Clock.steady()) }
              tell(.success(page))
            }
            continue
          }
        } catch {
          reading = nil
          tell(.failure(error))
          // What cannot be read now is asked for again, and not at once.
          _ = messages.wait(timeout: .seconds(2))
        }
        _ = messages.wait(timeout: Self.interval)
      }
    }
  }

  /// Nil while nobody looks.
  package func ask(_ question: EventQuestion?) { messages.post(.question(question)) }

  package func stop() {
    messages.post(.stop)
    worker?.join()
  }
}

/// The events of a journal.
package struct JournalEvents: EventSource {
  private let journal: Journal

  package init(_ journal: Journal) {
    self.journal = journal
  }

  package func extent() throws -> EventExtent? { try journal.extent() }

  package func kinds() throws -> [String] { try journal.kinds() }

  package func slice(
    _ selection: EventSelection, beyond place: EventPlace?, newer: Bool, limit: Int
  ) throws -> EventSlice {
    try journal.slice(selection, beyond: place, newer: newer, limit: limit)
  }

  package func tally(
    _ selection: EventSelection, in spans: EventSpans, until: Instant?
  ) throws -> EventTally {
    try journal.tally(selection, in: spans, until: until)
  }

  package func marks(of ids: [String]) throws -> [String: EventMark] { try journal.marks(of: ids) }

  package func pinned() throws -> [Event] { try journal.pinned() }
}
