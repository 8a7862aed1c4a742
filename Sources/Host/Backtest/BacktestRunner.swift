import Incidents
import Journal
import Retro
import Synchronization
import Transfer

/// Runs backtests on a thread of its own, one after the other, for a screen; a new one ends the one before.
package final class BacktestRunner: Sendable {
  private enum Message: Sendable {
    case run(id: Int, BacktestOrder)
    case stop
  }

  /// Which one still counts.
  private final class Wanted: Sendable {
    let id = Atomic<Int>(0)
  }

  private let messages = Mailbox<Message>()
  private let wanted: Wanted
  private let worker: Worker?

  /// `answer` runs on the runner's thread; a cancelled one is not answered.
  package init(
    _ journal: Journal, answer: @escaping @Sendable (Int, Result<Backtest, Refusal>) -> Void
  ) {
    let (messages, wanted) = (messages, Wanted())
    self.wanted = wanted
    worker = Worker(name: "backtest") {
      while true {
        _ = messages.wait(timeout: nil)
        for message in messages.drain() {
          guard case .run(let id, let order) = message else { return }
          guard wanted.id.load(ordering: .acquiring) == id else { continue }
          let result: Result<Backtest, Refusal>
          do {
            result = .success(
              try BacktestDesk.run(order, in: journal) { wanted.id.load(ordering: .relaxed) != id })
          } catch {
            result = .failure(Refusal(Sentence.of(error)))
          }
          if wanted.id.load(ordering: .acquiring) == id { answer(id, result) }
        }
      }
    }
  }

  /// From any thread; never blocks. Ids are not to be used twice.
  package func run(id: Int, _ order: BacktestOrder) {
    wanted.id.store(id, ordering: .releasing)
    messages.post(.run(id: id, order))
  }

  /// Ends what runs, unanswered.
  package func cancel() { wanted.id.store(.min, ordering: .releasing) }

  package func stop() {
    cancel()
    messages.post(.stop)
    worker?.join()
  }
}
