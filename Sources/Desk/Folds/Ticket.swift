import Incidents
import Values

/// One support request as its events leave it. What was written on it is read from its events, so that a long
/// conversation costs an act nothing.
package struct Ticket: Fold {
  package static let name = "ticket"
  package static let version = 4

  /// The last that somebody wrote.
  package struct LastComment: Codable, Equatable, Sendable {
    /// A handle, or the customer's name.
    package let by: String
    package let at: Instant
    package let isCustomer: Bool
    package let isPublic: Bool
  }

  /// What a merge took over, and when.
  package struct Taken: Codable, Equatable, Sendable {
    package let at: Instant
    package let from: TicketMerged.Taken
  }

  package let key: String
  package internal(set) var opened: TicketOpened?
  package internal(set) var openedAt: Instant?
  package internal(set) var openedBy: String?
  package internal(set) var subject = ""
  package internal(set) var tenant: String?
  package internal(set) var priority = TicketPriority.normal
  package internal(set) var severity = Severity.s3
  package internal(set) var state = TicketState.open
  package internal(set) var stateSince: Instant?
  package internal(set) var stateBy: String?
  package internal(set) var tags: [String] = []
  package internal(set) var assignee: String?
  /// Incidents that explain it, in the order in which they were linked.
  package internal(set) var incidents: [String] = []
  /// Why its clocks stand still besides its state: `third_party`, `INC-3`.
  package internal(set) var holds: [String] = []
  package internal(set) var mergedInto: String?
  /// Tickets that were merged into it.
  package internal(set) var absorbed: [String] = []
  /// Tickets that were split off it.
  package internal(set) var parts: [String] = []
  /// How often somebody wrote on it, the request itself included.
  package internal(set) var comments = 0
  package internal(set) var lastComment: LastComment?
  /// Whether support wrote the last that both read.
  package internal(set) var isCustomersTurn = false
  /// The ids that its comments have in the house that they came from.
  package internal(set) var commentIDs: Set<String> = []
  /// When support first wrote to the customer, and when last.
  package internal(set) var answered: Instant?
  package internal(set) var replied: Instant?
  /// When anything happened to it last.
  package internal(set) var touched: Instant?
  package internal(set) var history: ClockHistory?
  /// Clocks that nobody met: they ended because the ticket was over.
  package internal(set) var endedClocks: Set<String> = []
  /// What merges took over for it, by the ticket that was merged into it.
  package internal(set) var taken: [String: Taken] = [:]
  /// Where its clocks are, as its last event that moved them says.
  package internal(set) var clocks: [TicketDue] = []
  /// When somebody was told of a clock last, by clock and occasion.
  package internal(set) var reminded: [String: [String: Instant]] = [:]
  /// What the other house was last seen to say: SHA-256 in hexadecimal.
  package internal(set) var remoteDigest: String?
  /// Fields that both sides changed, and what the other side says.
  package internal(set) var conflicts: [String: String] = [:]
  /// What both houses agreed on last, by field.
  package internal(set) var agreed: [String: String] = [:]
  /// What was changed or written here and the other house does not have, or did not name, yet; oldest first.
  package internal(set) var owed: [TicketDebt] = []
  /// When something of it went there last.
  package internal(set) var sentAt: Instant?
  /// The other house's ticket, where it is made from ours; without an id until that house has said it.
  package internal(set) var adopted: TicketOpened.External?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { opened != nil && state.isOpen && mergedInto == nil }
  package var number: Int { opened?.number ?? 0 }
  package var requester: String { opened?.requester ?? "" }
  package var system: String? { opened?.system }
  package var external: TicketOpened.External? { opened?.external ?? adopted }
  package var splitFrom: String? { opened?.splitFrom }
  package var plan: ClockPlan? { opened?.plan }
  /// When what a clock asks for was done, by clock.
  package var met: [String: Instant] { history?.met ?? [:] }

  /// The clock that breaches first; nil when none runs.
  package var next: TicketDue? {
    guard isOpen else { return nil }
    let running = clocks.filter { $0.due != nil && met[$0.clock] == nil }
    return running.min { first, second in
      guard let one = first.due, let other = second.due else { return first.due != nil }
      return one < other
    }
  }

  /// Whether clocks that it has stand still.
  package var isPaused: Bool { isOpen && next == nil && clocks.contains { $0.left != nil } }
}
