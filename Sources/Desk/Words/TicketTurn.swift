/// What happens to a ticket that may move it to another state.
package enum TicketTurn: Hashable, Sendable, CaseIterable {
  /// Support writes what the customer reads.
  case supportReplies
  /// The customer writes.
  case customerReplies
  /// Support writes what the customer does not read.
  case supportNotes
  case setOpen, setPendingSupport, setPendingUser, setResolved, setClosed

  /// Somebody sets a state by hand.
  package init(to state: TicketState) {
    switch state {
    case .open: self = .setOpen
    case .pendingSupport: self = .setPendingSupport
    case .pendingUser: self = .setPendingUser
    case .resolved: self = .setResolved
    case .closed: self = .setClosed
    }
  }

  /// The state that is set by hand; nil when a comment moves it.
  package var target: TicketState? {
    switch self {
    case .supportReplies, .customerReplies, .supportNotes: nil
    case .setOpen: .open
    case .setPendingSupport: .pendingSupport
    case .setPendingUser: .pendingUser
    case .setResolved: .resolved
    case .setClosed: .closed
    }
  }
}
