import Console
import Desk
import Incidents
import Journal
import Values

/// The tickets of a journal.
package final class JournalDesk: DeskSource {
  private let journal: Journal
  private var zones: [String: Zone?] = [:]

  package init(_ journal: Journal) {
    self.journal = journal
  }

  package func rows(_ query: IndexQuery<Ticket>) throws -> IndexPage<Ticket> { try journal.rows(query) }

  package func count(_ query: IndexQuery<Ticket>) throws -> Int { try journal.count(query) }

  package func tickets(_ keys: [String]) throws -> [Ticket] {
    guard !keys.isEmpty else { return [] }
    let found = try journal.entities(IndexQuery<Ticket>(.keys(keys)))
    let byKey = Dictionary(found.map { ($0.key, $0) }) { first, _ in first }
    return keys.compactMap { byKey[$0] }
  }

  package func events(ofTicket key: String, limit: Int) throws -> [Event] {
    try journal.events(matching: EventQuery(ticket: key, limit: limit))
  }

  package func opening(ofTicket key: String) throws -> Event? {
    try journal.events(matching: EventQuery(ticket: key, kinds: [TicketOpened.kind], limit: 1)).first
  }

  package func savedFilters() throws -> SavedFilters? {
    try journal.entity(SavedFilters.self, key: SavedFilters.key)
  }

  package func zone(_ name: String) -> Zone? {
    if let known = zones[name] { return known }
    let zone = ZoneReader.zone(name)
    zones[name] = .some(zone)
    return zone
  }
}
