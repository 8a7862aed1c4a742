import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

/// A queue of tickets as it is asked for and told: the same for listing and for searching.
struct TicketQueue {
  let desk: TicketDesk
  let filter: TicketFilter
  let query: IndexQuery<Ticket>

  private struct Document: Encodable {
    var schema = "midwatch.tickets/1"
    /// How many match, whatever the limit.
    let count: Int
    /// Whether words are so common that only the newest of what was said was looked at.
    let isPartial: Bool
    let tickets: [TicketRow]
  }

  /// - Parameters:
  ///   - isWhole: what is over, too.
  ///   - newest: what was touched last comes first; else what breaches first.
  init(_ filter: TicketFilter, isWhole: Bool, newest: Bool = false, limit: Int, at desk: TicketDesk) {
    self.desk = desk
    self.filter = filter
    var condition = filter.condition(at: desk.now)
    if !isWhole, !filter.namesState { condition = .and([.isOpen(true), condition]) }
    let order: [IndexOrder<Ticket.Column>] =
      newest
      ? [.descending(.touched), .descending(.number)]
      : [.ascending(.due), .ascending(.severity), .ascending(.priority), .ascending(.number)]
    query = IndexQuery(condition, order: order, limit: limit)
  }

  /// What a filter says; what nothing understands is a usage error, all of it at once.
  static func read(_ text: String, me: String) throws -> TicketFilter {
    let (filter, problems) = TicketFilter.read(text, me: me)
    guard problems.isEmpty else {
      throw ValidationError(problems.map { "The filter, \($0)" }.joined(separator: "\n"))
    }
    return filter
  }

  static func checked(_ limit: Int) throws -> Int {
    guard (1...100_000).contains(limit) else {
      throw ValidationError("--limit is a number from 1 to 100000.")
    }
    return limit
  }

  func tell() throws {
    let page = try desk.journal.rows(query)
    let isFull = page.rows.count == query.limit
    let count = isFull ? try desk.journal.count(query) : page.rows.count
    if desk.options.format == .json {
      return try Standard.json(
        Document(count: count, isPartial: page.isPartial, tickets: try rows(page.rows)))
    }
    guard !page.rows.isEmpty else {
      return Standard.out(filter.isEmpty ? "No ticket is open." : "No ticket is like that.")
    }
    Standard.out(Columns.text(try rows(page.rows).map { $0.cells(at: desk.now) }))
    if count > page.rows.count {
      Standard.plainError("\(count - page.rows.count) more; --limit shows them.")
    }
    if page.isPartial {
      Standard.plainError("These words are so common that only the newest of what was said was looked at.")
    }
  }

  /// With how much working time is over, which only the ticket's own calendar says.
  private func rows(_ found: [IndexRow<Ticket>]) throws -> [TicketRow] {
    var terms: [ClockPlan: ClockTerms] = [:]
    return try found.map { row in
      var line = TicketRow(row)
      guard let next = line.next, next.due <= desk.now, let clock = TicketClock(rawValue: next.clock),
        let ticket = try desk.journal.entity(Ticket.self, key: row.key), let plan = ticket.plan,
        let history = ticket.history
      else { return line }
      let known = terms[plan] ?? ClockTerms(plan, zones: desk.zones(of: plan))
      terms[plan] = known
      if case .breached(_, let over) = TicketClocks(history, known).state(of: clock, at: desk.now) {
        line.count(over: over)
      }
      return line
    }
  }
}
