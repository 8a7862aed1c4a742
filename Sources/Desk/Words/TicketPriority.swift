/// How soon a ticket's requester would like it; the severity says how bad it is, and sets the clocks.
package enum TicketPriority: String, Codable, CaseIterable, Comparable, Sendable {
  case low, normal, high, urgent

  /// 1 for urgent to 4 for low.
  package var rank: Int { 4 - (Self.allCases.firstIndex(of: self) ?? 0) }

  /// A more urgent one is the greater.
  package static func < (a: Self, b: Self) -> Bool { a.rank > b.rank }
}
