import Values

/// What a resolved incident still asks for; open while a follow-up is neither done nor dismissed, and while an update
/// that was promised is neither sent nor dismissed. It finds the
/// incidents that are over and yet not done with.
package struct Aftermath: Fold {
  package static let name = "aftermath"
  package static let version = 2

  package let key: String
  private var followUps: [IncidentStatusChanged.FollowUp] = []
  private var isOver = false
  /// By the names of their deadlines.
  private var promises: [String: Instant] = [:]

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { isOver && !(followUps.isEmpty && promises.isEmpty) }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case IncidentStatusChanged.kind, IncidentLinked.kind, SentUpdate.kind, ClockMet.kind, ClockDismissed.kind:
      event.incident.map { [$0] } ?? []
    default: []
    }
  }

  package mutating func apply(_ event: Event) {
    if let fact = event.fact(IncidentStatusChanged.self) {
      isOver = fact.to == .resolved
      followUps = fact.to == .resolved ? fact.followUps ?? [] : []
    } else if let fact = event.fact(SentUpdate.self) {
      promises[ClockName.update(audience: fact.audience).text] = fact.nextUpdate
    } else if let fact = event.fact(IncidentLinked.self) {
      for one in fact.promises ?? [] {
        let name = ClockName.update(audience: one.audience).text
        promises[name] = min(one.next, promises[name] ?? one.next)
      }
    } else if let fact = event.fact(ClockMet.self) {
      settle(fact.clock, fact.due)
    } else if let fact = event.fact(ClockDismissed.self) {
      settle(fact.clock, fact.due)
    }
  }

  private mutating func settle(_ clock: String, _ due: Instant?) {
    if let promise = promises[clock], due == nil || due == promise { promises[clock] = nil }
    followUps.removeAll { ClockName.followUp($0.title).text == clock && (due == nil || due == $0.due) }
  }
}
