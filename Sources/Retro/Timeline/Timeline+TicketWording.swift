import Desk
import Incidents
import Values

/// Lines about requests, in the words of the ticket's own page, and about the queue's filters. Who wrote a request is
/// personal and stands on that page alone.
extension Timeline {
  static func ticketWording(_ event: Event) -> Wording? {
    if let fact = event.fact(FilterSaved.self) {
      let becomes = fact.filter.isEmpty ? "was taken away" : "is \(fact.filter)"
      return Wording(.plain, "·", "filter", "the queue's filter \(fact.name) \(becomes)")
    }
    guard let key = event.ticket else { return nil }
    if let fact = event.fact(TicketOpened.self) { return opened(fact, key) }
    if let fact = event.fact(TicketReminded.self), let line = TicketLine(event) {
      let isDue = fact.occasion == .due
      return Wording(
        isDue ? .bad : .warn, isDue ? "✖" : "▲", "ticket", "\(key) \(fact.severity.rawValue) \(line.text)")
    }
    if let line = TicketLine(event) {
      let isOver =
        event.fact(TicketChanged.self).map { $0.state == .resolved || $0.state == .closed } ?? false
      let isInDoubt = event.kind == TicketSynced.kind
      return Wording(
        isInDoubt ? .warn : isOver || event.kind == TicketClockMet.kind ? .good : .plain,
        isInDoubt ? "▲" : isOver || event.kind == TicketClockMet.kind ? "✓" : "·", "ticket",
        "\(key) \(said(line))")
    }
    return event.fact(TicketSynced.self).map { fact in
      let decided = (fact.decided ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) is \($0.value)" }
      let words = decided.isEmpty ? "agrees with" : "decided, \(decided.joined(separator: ", ")), against"
      return Wording(.plain, "·", "ticket", "\(key) \(words) \(fact.external) of \(fact.source)")
    }
  }

  /// `T-5 S2 Charged twice, sakura, for ops1, Z777 of z`.
  private static func opened(_ fact: TicketOpened, _ key: String) -> Wording {
    let more = [
      fact.tenant, fact.assignee.map { "for \($0)" }, fact.external.map { "\($0.id) of \($0.source)" },
      fact.splitFrom.map { "split from \($0)" },
    ].compactMap { $0 }.map { ", \($0)" }.joined()
    return Wording(
      .plain, "+", "ticket", "\(key) \(fact.severity.rawValue) \(fact.subject)\(more)", detail: fact.text)
  }

  private static func said(_ line: TicketLine) -> String {
    switch line.kind {
    case .customer: "the customer wrote: \(line.text)"
    case .reply: "answered: \(line.text)"
    case .internal: "internal comment: \(line.text)"
    case .change: line.text
    }
  }
}
