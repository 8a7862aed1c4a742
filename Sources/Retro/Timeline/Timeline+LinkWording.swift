import Desk
import Incidents
import Values

/// Lines about what an incident is linked to.
extension Timeline {
  static func linkWording(_ event: Event) -> Wording? {
    if let fact = event.fact(IncidentLinked.self) {
      let title = fact.title.map { ": \($0)" } ?? ""
      let text: String
      switch (fact.as, fact.incoming ?? false) {
      case (.related, _): text = "related to \(fact.to)\(title)"
      case (.duplicate, false): text = "a duplicate of \(fact.to)\(title)"
      case (.duplicate, true): text = "\(fact.to) is a duplicate of this\(title)"
      case (.merged, false): text = "merged into \(fact.to)\(title); go on there"
      case (.merged, true): text = "\(fact.to) was merged into this\(title)"
      case (.url, _): text = fact.title.map { "\($0) \(fact.to)" } ?? fact.to
      }
      return Wording(fact.as == .merged ? .note : .plain, fact.as == .merged ? "▸" : "·", "link", text)
    }
    if let fact = event.fact(TicketLinked.self) {
      let from = fact.tenant.map { " (\($0))" } ?? ""
      return Wording(
        .plain, "+", "ticket",
        "\(event.ticket ?? "a ticket") \(fact.severity.rawValue)\(from): \(fact.subject)")
    }
    if let fact = event.fact(TicketUnlinked.self) {
      return Wording(
        .plain, "·", "ticket", "\(event.ticket ?? "a ticket") has nothing to do with it" + reason(fact.reason)
      )
    }
    return event.fact(IncidentUnlinked.self).map { fact in
      let text: String
      switch (fact.as, fact.incoming ?? false) {
      case (.related, _): text = "no longer related to \(fact.to)"
      case (.duplicate, false): text = "no duplicate of \(fact.to)"
      case (.duplicate, true): text = "\(fact.to) is no duplicate of this"
      case (.merged, false): text = "no longer merged into \(fact.to), open again"
      case (.merged, true): text = "\(fact.to) is an incident of its own again"
      case (.url, _): text = "without the link \(fact.to)"
      }
      return Wording(.plain, "·", "unlink", text + reason(fact.reason))
    }
  }
}
