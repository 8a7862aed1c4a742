import Console
import Desk
import Incidents
import Values

/// The tickets of a journal in memory.
extension TestJournal: DeskSource {
  private var all: [Ticket] { keys(Ticket.self).compactMap { entity(Ticket.self, $0) } }

  func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String] { page(query).rows.map(\.key) }

  private func page<F: IndexedFold>(_ query: IndexQuery<F>) -> IndexPage<F> {
    let entities = keys(F.self).compactMap { key in entity(F.self, key).map { IndexRow($0, key: key) } }
    let found = query.select(entities) { words, key in
      let wanted = words.lowercased().split(separator: " ")
      return events.filter { F.keys(of: $0).contains(key) }.contains { event in
        let opened = event.fact(TicketOpened.self).map { "\($0.subject) \($0.text)" }
        let text = (opened ?? event.fact(TicketCommented.self)?.text ?? "").lowercased()
        return wanted.allSatisfy { text.contains($0) }
      }
    }
    return IndexPage(rows: found, isPartial: false)
  }

  func rows(_ query: IndexQuery<Ticket>) -> IndexPage<Ticket> { page(query) }

  func count(_ query: IndexQuery<Ticket>) -> Int { page(IndexQuery<Ticket>(query.condition)).rows.count }

  func tickets(_ keys: [String]) -> [Ticket] { keys.compactMap { entity(Ticket.self, $0) } }

  func events(ofTicket key: String, limit: Int) -> [Event] {
    Array(events.filter { $0.ticket == key }.suffix(limit))
  }

  func opening(ofTicket key: String) -> Event? {
    events.first { $0.kind == TicketOpened.kind && $0.ticket == key }
  }

  func savedFilters() -> SavedFilters? { entity(SavedFilters.self, SavedFilters.key) }

  func zone(_ name: String) -> Zone? { name == "UTC" ? .utc : nil }
}
