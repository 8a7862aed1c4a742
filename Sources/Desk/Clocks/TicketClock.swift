/// What a ticket's severity may set a time for.
package enum TicketClock: String, Codable, CaseIterable, Sendable {
  /// Until support's first public reply.
  case respond
  /// Until mitigation has begun.
  case mitigate
  case resolve
}
