import Alerting
import Synchronization
import Transfer
import Watch
import Wire

/// Sends calls to remote engines and reads each answer where it arrives, on a transfer thread of its own: one
/// that hangs takes no poll's place.
package final class RemoteCourier: Sendable {
  private struct Trip: Sendable {
    let system: String
    let call: RemoteCall
  }

  /// Shared between the courier and the transfer thread's completions.
  private final class Trips: Sendable {
    let state = Mutex<(next: UInt64, open: [TransferID: Trip])>((0, [:]))
  }

  private let trips: Trips
  private let transfers: Transfers

  /// `deliver` runs on the transfer thread.
  package init(
    version: String,
    deliver: @escaping @Sendable (_ system: String, _ call: UInt64, RemoteAnswer) -> Void
  ) {
    let trips = Trips()
    self.trips = trips
    transfers = Transfers(userAgent: "midwatch/\(version)") { id, outcome in
      guard let trip = trips.state.withLock({ $0.open.removeValue(forKey: id) }) else { return }
      if case .failure(let failure) = outcome, failure.kind == .cancelled { return }
      deliver(trip.system, trip.call.id, trip.call.question.read(outcome, at: Clock.now()))
    }
  }

  /// Never blocks.
  package func send(_ call: RemoteCall, of system: String) {
    let id = trips.state.withLock { state in
      state.next += 1
      let id = TransferID(state.next)
      state.open[id] = Trip(system: system, call: call)
      return id
    }
    transfers.start(call.request, id: id)
  }

  package func stop() { transfers.stop() }
}
