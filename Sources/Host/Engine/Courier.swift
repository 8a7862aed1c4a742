import Probes
import Synchronization
import Transfer
import Values
import Wire

/// Sends polls and has each answer judged where it arrives, on the transfer thread.
package final class Courier: Sendable {
  private struct Trip: Sendable {
    let system: String
    let endpoint: Endpoint
    let started: Instant
  }

  private struct Place: Hashable {
    let system: String
    let endpoint: String
  }

  private struct State {
    var next: UInt64 = 0
    var trips: [TransferID: Trip] = [:]
    /// What is remembered of each endpoint, as it was defined then.
    var memories: [Place: (endpoint: Endpoint, memory: ProbeMemory)] = [:]
    var generations: UInt64 = 0

    /// Takes the memory out, so that there is only one of it to change.
    mutating func takeMemory(of trip: Trip) -> ProbeMemory {
      let kept = memories.removeValue(forKey: Place(system: trip.system, endpoint: trip.endpoint.name))
      if let kept, kept.endpoint == trip.endpoint { return kept.memory }
      generations += 1
      return ProbeMemory(generation: generations << 40)
    }

    mutating func keep(_ memory: ProbeMemory, of trip: Trip) {
      memories[Place(system: trip.system, endpoint: trip.endpoint.name)] = (trip.endpoint, memory)
    }
  }

  private let state: Trips
  private let transfers: Transfers

  /// Shared between the courier and the transfer thread's completions.
  private final class Trips: Sendable {
    let state = Mutex(State())
  }

  /// `deliver` runs on the transfer thread.
  package init(
    limits: TransferLimits = TransferLimits(), version: String,
    deliver: @escaping @Sendable (_ system: String, Observation) -> Void
  ) {
    let trips = Trips()
    state = trips
    transfers = Transfers(limits: limits, userAgent: "midwatch/\(version)") { id, outcome in
      guard let trip = trips.state.withLock({ $0.trips.removeValue(forKey: id) }) else { return }
      if case .failure(let failure) = outcome, failure.kind == .cancelled { return }
      var memory = trips.state.withLock { $0.takeMemory(of: trip) }
      let observation = trip.endpoint.judge(outcome, at: trip.started, with: &memory)
      trips.state.withLock { [memory] in $0.keep(memory, of: trip) }
      deliver(trip.system, observation)
    }
  }

  package func poll(_ endpoint: Endpoint, of system: String, with request: Request, at now: Instant) {
    let id = state.state.withLock { state in
      state.next += 1
      let id = TransferID(state.next)
      state.trips[id] = Trip(system: system, endpoint: endpoint, started: now)
      return id
    }
    transfers.start(request, id: id)
  }

  package func stop() { transfers.stop() }
}
