import Incidents
import Values

/// A ticket has to do with an incident or another ticket. The column `incident` is set too, so that the
/// incident's timeline shows it.
package struct TicketLinked: ClockedFact {
  package static let kind = "ticket.linked"
  /// `INC-3` or `T-479`.
  package let to: String
  /// Of the ticket, for the incident's timeline.
  package let subject: String
  package let tenant: String?
  package let severity: Severity
  package var outsideRoles: Bool?
  package var clocks: [TicketDue]?
}

package struct TicketUnlinked: ClockedFact {
  package static let kind = "ticket.unlinked"
  package let to: String
  package let reason: String?
  package var outsideRoles: Bool?
  package var clocks: [TicketDue]?
}

/// Two tickets are one: written on both, and the one that goes is closed.
package struct TicketMerged: ClockedFact {
  package static let kind = "ticket.merged"

  /// What the one that stays has of the one that goes, so that it can be given back.
  package struct Taken: Codable, Hashable, Sendable {
    /// When clocks count from the other one's start: that, and its pauses.
    package struct Counts: Codable, Hashable, Sendable {
      package let started: Instant
      package let pauses: [ClockHistory.Pause]
    }

    package var counts: Counts?
    /// What the one that stays had before.
    package var severity: Severity?
    package var state: TicketState?
    /// What it had not.
    package var tags: [String]?
    package var assignee: String?
    package var incidents: [String]?

    package init() {}
  }

  package let to: String
  /// The other one was merged into this one.
  package let incoming: Bool?
  package let subject: String
  package var taken: Taken?
  package var outsideRoles: Bool?
  package var clocks: [TicketDue]?
}

/// A merge is taken back; written on both.
package struct TicketUnmerged: ClockedFact {
  package static let kind = "ticket.unmerged"
  package let to: String
  package let incoming: Bool?
  package let reason: String
  package var outsideRoles: Bool?
  package var clocks: [TicketDue]?
}

/// Part of a ticket became one of its own.
package struct TicketSplit: Fact {
  package static let kind = "ticket.split"
  /// The new one.
  package let to: String
  package let subject: String
  package var outsideRoles: Bool?
}

/// What a ticket is like in the other house; a person's unsent change is never overwritten by it.
package struct TicketSynced: Fact {
  package static let kind = "ticket.synced"
  package let source: String
  package let external: String
  /// SHA-256 in hexadecimal of what was read there; empty when something went there since.
  package let remoteDigest: String
  /// Fields that both sides changed, and what the other side says: shown until somebody chooses.
  package let conflicts: [String: String]?
  /// What both sides agreed on with this, by field; fields that are not named stay as they were.
  package let fields: [String: String]?
  /// Ids in the other house of comments that are here already, and the event that wrote each of them here; empty
  /// for the request itself.
  package let comments: [String: String]?
  /// Events whose change or comment the other house has now.
  package let sent: [String]?
  /// Conflicts that somebody decided: field, and `ours` or `theirs`.
  package let decided: [String: String]?
  /// What was written and changed here before that house had the ticket: it is told when it has.
  package let owed: [TicketDebt]?

  package init(
    source: String, external: String, remoteDigest: String, conflicts: [String: String]?,
    fields: [String: String]? = nil, comments: [String: String]? = nil, sent: [String]? = nil,
    decided: [String: String]? = nil, owed: [TicketDebt]? = nil
  ) {
    self.source = source
    self.external = external
    self.remoteDigest = remoteDigest
    self.conflicts = conflicts
    self.fields = fields
    self.comments = comments
    self.sent = sent
    self.decided = decided
    self.owed = owed
  }
}

/// A filter of the queue has a name; an empty filter takes it away.
package struct FilterSaved: Fact {
  package static let kind = "filter.saved"
  package let name: String
  package let filter: String
}
