import Comms
import Incidents
import Values

/// Lines about updates and their drafts.
extension Timeline {
  static func commsWording(_ event: Event) -> Wording? {
    if let fact = event.fact(UpdateSent.self) {
      let next = fact.nextUpdate.map { " (next by \($0.minuteUTC))" } ?? ""
      let to = fact.destinations.isEmpty ? "" : ", \(fact.destinations.joined(separator: " + "))"
      let despite = fact.despite.map { "Sent although the check found errors: \($0)\n" } ?? ""
      let whom = fact.copies.map { ", \($0.count) copies" } ?? ""
      let how = fact.how == .hand ? " by hand" : ""
      return Wording(
        .sent, "»", "update", "\(fact.audience): \(fact.subject)\(next)\(to)\(whom)\(how)",
        detail: despite + fact.text)
    }
    if let fact = event.fact(DraftSaved.self) {
      return Wording(
        .plain, "·", "draft", "\(fact.draft) for \(fact.audience): \(fact.subject)", detail: fact.text)
    }
    if let fact = event.fact(DraftApproved.self) {
      let roles = fact.roles.map { " as \($0.joined(separator: ", "))" } ?? ""
      return Wording(.good, "✓", "draft", "\(fact.draft) approved\(roles)")
    }
    return event.fact(DraftDiscarded.self).map {
      Wording(.plain, "·", "draft", "\($0.draft) discarded\(reason($0.reason))")
    }
  }
}
