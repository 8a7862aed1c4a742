import Incidents
import JSON
import Values

/// Tickets out of one document of another house, and where the next one is.
package struct TicketPage: Equatable, Sendable {
  package let tickets: [IncomingTicket]
  /// Of elements that are no tickets, each as a sentence.
  package let mistakes: [String]
  /// Nil at the end.
  package let cursor: String?

  /// - Parameter next: where the document says what comes next; nil: it is all.
  package init(_ document: JSONValue, by mapping: ExchangeMapping, next: String?, at now: Instant) {
    var tickets: [IncomingTicket] = []
    var mistakes: [String] = []
    var list: JSONValue? = Self.list(document)
    if let path = mapping.items { list = path.reduce(document) { $0?[$1] } }
    for (index, element) in (list?.elements ?? []).enumerated() {
      var reader = IncomingReader(mapping, at: now)
      if let found = reader.ticket(element) { tickets.append(found.ticket) }
      // By its name rather than its place: what is wrong with it is the same in the next round.
      let id = mapping.fields["id"].flatMap { element.at($0.place)?.plainText } ?? ""
      let name = id.hasWords ? Inert.terminal(String(id.prefix(40))) : "\(index + 1)"
      mistakes += reader.mistakes.map { "ticket \(name), \($0.field): \($0.what)" }
    }
    if list?.elements == nil { mistakes.append("there is no list of tickets in what it says") }
    self.tickets = tickets
    self.mistakes = mistakes
    cursor = next.flatMap { document.at($0)?.plainText }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The document, or its first member that is a list.
  private static func list(_ document: JSONValue) -> JSONValue? {
    guard case .object(let members) = document else { return document }
    return document["tickets"] ?? members.first { $0.value.elements != nil }?.value
  }
}
