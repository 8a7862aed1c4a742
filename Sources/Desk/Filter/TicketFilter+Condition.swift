import Incidents
import Values

/// What a filter asks of the index.
extension TicketFilter {
  package typealias Condition = IndexCondition<Ticket.Column>

  /// - Parameter now: from which ages and deadlines are counted.
  package func condition(at now: Instant) -> Condition {
    let all = terms.map { term in
      let condition = Self.condition(of: term.test, at: now)
      return term.isNegated ? .not(condition) : condition
    }
    return all.isEmpty ? .any : .and(all)
  }

  /// Whether a term says itself whether what is over is wanted; else a queue shows what is open.
  package var namesState: Bool {
    terms.contains { term in
      switch term.test {
      case .states, .numbers, .externals, .isTrue(.open), .isTrue(.conflicted): true
      default: false
      }
    }
  }

  private static func condition(of test: Test, at now: Instant) -> Condition {
    switch test {
    case .states(let states): .oneOf(.state, states.map { .text($0.rawValue) })
    case .severities(let severities): .oneOf(.severity, severities.map { .integer(Int64($0.rank)) })
    case .severity(let comparison, let rank): .compare(.severity, comparison.index, .integer(Int64(rank)))
    case .priorities(let priorities): .oneOf(.priority, priorities.map { .integer(Int64($0.rank)) })
    // Urgent is rank 1: higher is a lower rank.
    case .priority(let comparison, let priority):
      .compare(.priority, comparison.reversed.index, .integer(Int64(priority.rank)))
    case .assignees(let handles): texts(.assignee, handles)
    case .tenants(let tenants): texts(.tenant, tenants.flatMap(cases))
    case .systems(let systems): texts(.system, systems.flatMap(cases))
    case .requesters(let parts): .or(parts.map { .contains(.requester, $0) })
    case .tags(let tags): .or(tags.map { .compare(.tags, .equal, .text($0.lowercased())) })
    case .incidents(let keys) where keys.isEmpty: .not(.isNull(.incidents))
    case .incidents(let keys): texts(.incidents, keys)
    case .numbers(let numbers): .oneOf(.number, numbers.map { .integer(Int64($0)) })
    case .externals(let parts): .or(parts.map { .contains(.external, $0) })
    case .older(let span): .compare(.opened, .lessOrEqual, .instant(now - span))
    case .newer(let span): .compare(.opened, .greaterOrEqual, .instant(now - span))
    case .idle(let span): .compare(.touched, .lessOrEqual, .instant(now - span))
    case .due(let span): .compare(.due, .lessOrEqual, .instant(now + span))
    case .isTrue(let quality): condition(of: quality, at: now)
    case .subject(let part): .contains(.subject, part)
    case .text(let words): .text(words)
    }
  }

  private static func condition(of quality: Quality, at now: Instant) -> Condition {
    switch quality {
    case .open: .isOpen(true)
    case .overdue: .and([.isOpen(true), .compare(.due, .lessOrEqual, .instant(now))])
    case .paused: .not(.isNull(.holds))
    case .unassigned: .isNull(.assignee)
    case .linked: .not(.isNull(.incidents))
    case .answered: .not(.isNull(.answered))
    case .conflicted: .not(.isNull(.conflicts))
    }
  }

  /// As people write a name: as it is, in small letters, in capitals, or with a capital first. An index knows texts
  /// by their bytes.
  private static func cases(_ name: String?) -> [String?] {
    guard let name else { return [nil] }
    let small = name.lowercased()
    var all: [String?] = []
    for one in [name, small, name.uppercased(), small.prefix(1).uppercased() + small.dropFirst()]
    where !all.contains(one) { all.append(one) }
    return all
  }

  /// Any of them; nil is none.
  private static func texts(_ column: Ticket.Column, _ values: [String?]) -> Condition {
    .or(values.map { value in value.map { .compare(column, .equal, .text($0)) } ?? .isNull(column) })
  }
}

extension TicketFilter.Comparison {
  var index: IndexComparison {
    switch self {
    case .equal: .equal
    case .less: .less
    case .atMost: .lessOrEqual
    case .greater: .greater
    case .atLeast: .greaterOrEqual
    }
  }

  var reversed: Self {
    switch self {
    case .equal: .equal
    case .less: .greater
    case .atMost: .atLeast
    case .greater: .less
    case .atLeast: .atMost
    }
  }
}
