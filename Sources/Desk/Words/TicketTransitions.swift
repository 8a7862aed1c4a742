/// The one table of what moves a ticket where; whoever asks, screen, command line or adapter, asks here.
package enum TicketTransitions {
  package enum Answer: Hashable, Sendable {
    case moves(TicketState)
    /// It happens, and the state is the same.
    case stays
    /// Only with a reason: a ticket that was over is open again.
    case reopens(TicketState)
    /// Only as an override, with a reason.
    case overrides(TicketState)
    /// It stands there already.
    case already
    /// Not at all: the ticket is closed, and has to be reopened first.
    case closed
  }

  /// A row for each state, a column for each turn, in the order of ``TicketTurn/allCases``: public reply of
  /// support, reply of the customer, internal note, then `open`, `pending_support`, `pending_user`,
  /// `resolved` and `closed` set by hand.
  private static func row(_ state: TicketState) -> [Answer] {
    switch state {
    case .open:
      [
        .moves(.pendingUser), .moves(.pendingSupport), .stays,
        .already, .moves(.pendingSupport), .overrides(.pendingUser), .moves(.resolved), .moves(.closed),
      ]
    case .pendingSupport:
      [
        .moves(.pendingUser), .stays, .stays,
        .overrides(.open), .already, .overrides(.pendingUser), .moves(.resolved), .moves(.closed),
      ]
    case .pendingUser:
      [
        .stays, .moves(.pendingSupport), .stays,
        .overrides(.open), .overrides(.pendingSupport), .already, .moves(.resolved), .moves(.closed),
      ]
    case .resolved:
      [
        .stays, .moves(.pendingSupport), .stays,
        .overrides(.open), .reopens(.pendingSupport), .overrides(.pendingUser), .already, .moves(.closed),
      ]
    case .closed:
      [
        .closed, .moves(.pendingSupport), .stays,
        .overrides(.open), .reopens(.pendingSupport), .overrides(.pendingUser), .overrides(.resolved),
        .already,
      ]
    }
  }

  package static func answer(_ turn: TicketTurn, in state: TicketState) -> Answer {
    zip(TicketTurn.allCases, row(state)).first { $0.0 == turn }?.1 ?? .stays
  }
}
