import Synchronization
import Transfer
import Values
import Wire

/// Starts transfers and waits for their outcomes.
final class Client {
  private let done = Mailbox<(id: TransferID, outcome: Outcome)>()
  let transfers: Transfers
  private var last: UInt64 = 0

  init(limits: TransferLimits = TransferLimits()) {
    let done = self.done
    transfers = Transfers(limits: limits, userAgent: "midwatch/test") { done.post(($0, $1)) }
  }

  @discardableResult
  func start(_ request: Request) -> TransferID {
    last += 1
    transfers.start(request, id: TransferID(last))
    return TransferID(last)
  }

  /// The next outcomes, in the order in which they came.
  func outcomes(_ count: Int) -> [(id: TransferID, outcome: Outcome)] {
    var all: [(id: TransferID, outcome: Outcome)] = []
    while all.count < count {
      _ = done.wait(timeout: nil)
      all += done.drain()
    }
    return all
  }

  func outcome(_ url: String, _ change: (inout Request) -> Void = { _ in }) -> Outcome {
    var request = Request(url: url)
    change(&request)
    start(request)
    return outcomes(1).first?.outcome ?? .failure(Failure(.other, reason: "no outcome"))
  }

  func response(_ url: String, _ change: (inout Request) -> Void = { _ in }) throws -> Response {
    try outcome(url, change).get()
  }

  func failure(_ url: String, _ change: (inout Request) -> Void = { _ in }) -> Failure? {
    guard case .failure(let failure) = outcome(url, change) else { return nil }
    return failure
  }
}
