import Incidents
import Values

/// What of a ticket a queue shows, sorts and filters by.
extension Ticket: IndexedFold {
  package enum Column: String, IndexColumn {
    case number, system, subject, requester, tenant, state, severity, priority, assignee, tags, incidents
    case holds, opened, touched, answered, due, clock, comments, conflicts, external, merged, owed
    case remind
    case lastBy = "last_by"
    case isCustomersTurn = "customers_turn"

    package var kind: IndexKind {
      switch self {
      case .system, .subject, .requester, .tenant, .state, .assignee, .clock, .external, .merged, .lastBy:
        .text
      case .tags, .incidents, .holds: .list
      case .number, .severity, .priority, .opened, .touched, .answered, .due, .comments, .conflicts, .owed,
        .isCustomersTurn, .remind:
        .integer
      }
    }
  }

  /// The queue, what breaches first; one person's; one state's; the newest; those of another house; what that house
  /// does not know yet; and whom somebody is to be reminded of first.
  package static let indexed: [[IndexOrder<Column>]] = [
    [.ascending(.due)], [.ascending(.assignee), .ascending(.due)], [.ascending(.state), .ascending(.due)],
    [.descending(.number)], [.ascending(.external)], [.descending(.owed)], [.ascending(.remind)],
  ]

  package func value(of column: Column) -> IndexValue {
    switch column {
    case .number: .integer(Int64(number))
    case .system: .text(system)
    case .subject: .text(subject)
    case .requester: .text(requester)
    case .tenant: .text(tenant)
    case .state: .text(state.rawValue)
    case .severity: .integer(Int64(severity.rank))
    case .priority: .integer(Int64(priority.rank))
    case .assignee: .text(assignee)
    case .tags: .list(tags)
    case .incidents: .list(incidents)
    case .holds: .list(standing)
    case .opened: .instant(openedAt)
    case .touched: .instant(touched)
    case .answered: .instant(answered)
    case .due: .instant(next?.due)
    case .clock: .text(next?.clock)
    case .comments: .integer(Int64(comments))
    case .conflicts: .number(conflicts.isEmpty ? nil : conflicts.count)
    case .external: .text(external?.text)
    case .owed: .number(external?.id.isEmpty ?? true || unsent.isEmpty ? nil : unsent.count)
    case .merged: .text(mergedInto)
    case .remind: .instant(nextReminder)
    case .lastBy: .text(lastComment?.by)
    case .isCustomersTurn: .integer(isCustomersTurn ? 1 : 0)
    }
  }

  /// Why its clocks stand still; empty while one runs.
  package var standing: [String] {
    guard isPaused else { return [] }
    let state = plan?.pauses.contains(state.rawValue) ?? false ? [state.rawValue] : []
    return state + holds
  }
}

extension TicketOpened.External {
  /// As one column has it.
  package var text: String { "\(source) \(id)" }

  /// The ticket that is this one.
  package func query() -> IndexQuery<Ticket> {
    IndexQuery(.compare(.external, .equal, .text(text)), order: [.ascending(.number)], limit: 1)
  }
}
