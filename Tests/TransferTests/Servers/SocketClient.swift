import Transfer
import Values
import Wire

/// Starts plans on sockets and waits for their outcomes.
final class SocketClient {
  private let done = Mailbox<(id: TransferID, outcome: Outcome)>()
  let sockets: Sockets
  private var last: UInt64 = 0

  init(limits: TransferLimits = TransferLimits()) {
    let done = self.done
    sockets = Sockets(limits: limits) { done.post(($0, $1)) }
  }

  @discardableResult
  func start(_ plan: SocketPlan) -> TransferID {
    last += 1
    sockets.start(plan, id: TransferID(last))
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

  func outcome(_ plan: SocketPlan) -> Outcome {
    start(plan)
    return outcomes(1).first?.outcome ?? .failure(Failure(.other, reason: "no outcome"))
  }

  func failure(_ plan: SocketPlan) -> Failure? {
    guard case .failure(let failure) = outcome(plan) else { return nil }
    return failure
  }

  static func stream(
    _ port: Int, host: String = "127.0.0.1", _ change: (inout StreamRequest) -> Void = { _ in }
  ) -> SocketPlan {
    var request = StreamRequest(host: host, port: UInt16(clamping: port))
    change(&request)
    return .stream(request)
  }

  static func name(
    _ name: String, at port: Int, _ change: (inout NameRequest) -> Void = { _ in }
  ) -> SocketPlan {
    var request = NameRequest(name: name)
    request.server = HostAndPort(host: "127.0.0.1", port: UInt16(clamping: port))
    change(&request)
    return .name(request)
  }
}
