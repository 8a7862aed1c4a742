import Incidents
import Values

extension Record {
  /// The delivery of that name, or a refusal.
  func delivery(_ name: String) throws -> DeliveryRecord {
    guard let state = try entity(DeliveryRecord.self, name), state.queuedAt != nil else {
      throw Refusal("There is no delivery \(Inert.terminal(name)).")
    }
    return state
  }
}

extension DeliveryRecord {
  func move(to state: OutboxState) -> OutboxMove {
    OutboxMove(destination: place, key: sendKey, to: state)
  }

  func decision(_ fact: any Fact, at now: Instant, to state: OutboxState) -> Decision {
    Decision(append: [Entry(fact, at: now, incident: incident, ticket: ticket)], moves: [move(to: state)])
  }
}
