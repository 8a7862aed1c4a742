import Values

/// What a resolved incident still asks for; open while a follow-up is neither done nor dismissed. It finds the
/// incidents that are over and yet not done with.
package struct Aftermath: Fold {
  package static let name = "aftermath"
  package static let version = 1

  package let key: String
  private var followUps: [IncidentStatusChanged.FollowUp] = []

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { !followUps.isEmpty }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case IncidentStatusChanged.kind, ClockMet.kind, ClockDismissed.kind: event.incident.map { [$0] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    if let fact = event.fact(IncidentStatusChanged.self) {
      followUps = fact.to == .resolved ? fact.followUps ?? [] : []
    } else if let fact = event.fact(ClockMet.self) {
      settle(fact.clock, fact.due)
    } else if let fact = event.fact(ClockDismissed.self) {
      settle(fact.clock, fact.due)
    }
  }

  private mutating func settle(_ clock: String, _ due: Instant?) {
    followUps.removeAll { ClockName.followUp($0.title).text == clock && (due == nil || due == $0.due) }
  }
}
