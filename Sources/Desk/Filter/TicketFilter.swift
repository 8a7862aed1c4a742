import Incidents
import Values

/// What a queue shows: `state:pending_support sev:<=2 assignee:me older:2h charged twice`.
///
/// Every term must hold; a comma within one is "or", `!` before one is "not", and words without a key are
/// looked for in everything that was written on a ticket.
package struct TicketFilter: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    package let test: Test
    /// `!` stands before it.
    package let isNegated: Bool

    package init(_ test: Test, isNegated: Bool = false) {
      self.test = test
      self.isNegated = isNegated
    }
  }

  package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal = "", less = "<", atMost = "<=", greater = ">", atLeast = ">="
  }

  package enum Test: Hashable, Sendable {
    case states([TicketState])
    /// By rank: 1 is S1; `sev:<=2` is S1 and S2.
    case severity(Comparison, Int)
    case severities([Severity])
    case priorities([TicketPriority])
    case priority(Comparison, TicketPriority)
    /// Handles; nil is nobody.
    case assignees([String?])
    case tenants([String?])
    case requesters([String])
    /// Nil is none.
    case systems([String?])
    case tags([String])
    /// Keys; nil is none, an empty list any.
    case incidents([String?])
    case numbers([Int])
    case externals([String])
    /// Opened longer ago than that, or less long.
    case older(Span), newer(Span)
    /// Nothing happened to it for that long.
    case idle(Span)
    /// Breaches within that time, or has breached.
    case due(Span)
    case isTrue(Quality)
    /// In the subject alone.
    case subject(String)
    /// In everything that was written; the last word may be a beginning.
    case text(String)
  }

  /// `is:overdue`.
  package enum Quality: String, Hashable, Sendable, CaseIterable {
    case open, overdue, paused, unassigned, linked, answered, conflicted
  }

  package let terms: [Term]

  package init(_ terms: [Term] = []) {
    self.terms = terms
  }

  /// Shows every ticket.
  package var isEmpty: Bool { terms.isEmpty }
}
