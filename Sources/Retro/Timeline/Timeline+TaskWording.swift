import Incidents
import Values

/// Lines about tasks.
extension Timeline {
  static func taskWording(_ event: Event) -> Wording? {
    if let fact = event.fact(IncidentTaskAdded.self) {
      return Wording(.plain, "☐", "task", fact.title + box(fact.owner, fact.due))
    }
    if let fact = event.fact(IncidentTaskGiven.self) {
      let to = fact.owner.map { "goes to \($0)" } ?? "is nobody's"
      let due = fact.due.map { ", until \($0.minuteUTC)" } ?? ""
      return Wording(.plain, "☐", "task", "\(fact.title) \(to)\(due)\(reason(fact.reason))")
    }
    if let fact = event.fact(IncidentTaskDone.self) {
      return Wording(.good, "✓", "task", "\(fact.title ?? fact.task) done\(reason(fact.outcome))")
    }
    if let fact = event.fact(IncidentTaskDropped.self) {
      return Wording(.plain, "–", "task", "\(fact.title) dropped\(reason(fact.reason))")
    }
    return event.fact(IncidentTaskReopened.self).map { fact in
      let due = fact.due.map { ", until \($0.minuteUTC)" } ?? ""
      return Wording(.plain, "☐", "task", "\(fact.title) is to do again\(due)\(reason(fact.reason))")
    }
  }

  private static func box(_ owner: String?, _ due: Instant?) -> String {
    (owner.map { " for \($0)" } ?? "") + (due.map { ", until \($0.minuteUTC)" } ?? "")
  }
}
