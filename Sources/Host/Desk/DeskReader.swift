import Console
import Desk
import Incidents
import Journal
import Transfer
import Values

/// Reads what a console shows of the tickets, on a thread of its own: when something else is looked at, whenever
/// somebody wrote, and as time passes over ages and deadlines that a filter names.
package final class DeskReader: Sendable {
  private enum Message: Sendable {
    case question(DeskQuestion)
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  /// How often the journal is looked at for other processes' commits: one pragma.
  private static let interval = Span.milliseconds(200)
  /// How old an answer may become whose filter looks at the time.
  private static let patience = Span.seconds(10)

  /// `tell` runs on the reader's thread.
  package init(_ journal: Journal, tell: @escaping @Sendable (Result<DeskPage, any Error>) -> Void) {
    let messages = messages
    worker = Worker(name: "desk") {
      let source = JournalDesk(journal)
      var question = DeskQuestion()
      var last: (page: DeskPage, version: Int, at: Instant)?
      while true {
        for message in messages.drain() {
          switch message {
          case .question(let wanted): question = wanted
          case .stop: return
          }
        }
        do {
          let now = Clock.now()
          let version = try journal.dataVersion()
          let isFresh = last.map { $0.version == version && now - $0.at < Self.patience } ?? false
          if !isFresh || last?.page.question != question {
            let page = try source.page(question, at: now, keeping: isFresh ? last?.page : nil)
            last = (page, version, isFresh ? last?.at ?? now : now)
            tell(.success(page))
          }
        } catch {
          last = nil
          tell(.failure(error))
          // What cannot be read now is asked for again, and not at once.
          _ = messages.wait(timeout: .seconds(2))
        }
        _ = messages.wait(timeout: Self.interval)
      }
    }
  }

  package func ask(_ question: DeskQuestion) { messages.post(.question(question)) }

  package func stop() {
    messages.post(.stop)
    worker?.join()
  }
}
