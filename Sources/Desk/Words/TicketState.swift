/// Where a ticket stands; `pending_support`, `pending_user` and closing are the field's, `open` and
/// `resolved` ours.
package enum TicketState: String, Codable, CaseIterable, Sendable {
  /// Taken in; nobody of support has answered.
  case open
  /// The customer waits for support.
  case pendingSupport = "pending_support"
  /// Support waits for the customer.
  case pendingUser = "pending_user"
  /// Solved, as far as support knows; a customer's reply opens it again.
  case resolved
  case closed

  /// Whether work remains.
  package var isOpen: Bool { self != .resolved && self != .closed }
}
