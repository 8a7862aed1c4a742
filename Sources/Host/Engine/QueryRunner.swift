import Transfer
import Values
import Watch

/// Answers ad-hoc queries one after the other on a thread of its own: neither a page nor a note waits
/// for them.
package final class QueryRunner: Sendable {
  private enum Message: Sendable {
    case run(id: Int, AdHocQuery)
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  /// `answer` runs on the runner's thread.
  package init(answer: @escaping @Sendable (EngineMessage.Answer) -> Void) {
    let messages = messages
    worker = Worker(name: "queries") {
      while true {
        _ = messages.wait(timeout: nil)
        for message in messages.drain() {
          switch message {
          case .stop: return
          case .run(let id, let query):
            switch query.run(until: Clock.now() + .seconds(10), now: Clock.now) {
            case .success(let chart): answer(.init(id: id, chart: chart, refused: nil))
            case .failure(let refusal): answer(.init(id: id, chart: nil, refused: refusal.sentence))
            }
          }
        }
      }
    }
  }

  package func run(id: Int, _ query: AdHocQuery) { messages.post(.run(id: id, query)) }

  package func stop() {
    messages.post(.stop)
    worker?.join()
  }
}
