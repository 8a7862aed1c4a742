import Incidents
import Values

/// Lines about an incident itself: what it is, where it stands, who does what.
extension Timeline {
  static func incidentWording(_ event: Event) -> Wording? {
    if let fact = event.fact(IncidentDeclared.self) { return declaredWording(fact, of: event.incident) }
    if let fact = event.fact(IncidentDescribed.self) { return describedWording(fact) }
    if let fact = event.fact(IncidentStatusChanged.self) {
      let lost = fact.dataLost.map { ", data lost: \($0)" } ?? ""
      let again = fact.from == .resolved ? "reopened, " : ""
      return Wording(
        fact.to == .resolved ? .good : fact.from == .resolved ? .warn : .plain,
        fact.to == .resolved ? "✓" : fact.from == .resolved ? "▲" : "▸", "status",
        "\(again)\(fact.to.rawValue)\(lost)\(reason(fact.reason))")
    }
    if let fact = event.fact(IncidentSeverityChanged.self) {
      let name = fact.severityName.map { " (\($0))" } ?? ""
      return Wording(.plain, "▸", "severity", "\(fact.to.rawValue)\(name)\(reason(fact.reason))")
    }
    if let fact = event.fact(IncidentRoleTaken.self) { return roleWording(fact) }
    return event.fact(IncidentDecided.self).map { fact in
      let who = fact.executes.map { "; \($0) carries it out" } ?? ""
      return Wording(
        .note, "◇", "decided", fact.text + who, detail: fact.objections.map { "Objections: \($0)" })
    }
  }

  private static func declaredWording(_ fact: IncidentDeclared, of key: String?) -> Wording {
    let cause = [
      fact.from?.alert?.rule, fact.from?.ticket.map { "ticket \($0)" },
      fact.from?.template.map { "the template \($0)" },
    ].compactMap { $0 }
    let from = cause.isEmpty ? "" : ", from \(cause.joined(separator: " and "))"
    let on = fact.systems.count < 2 ? "" : " on \(fact.systems.joined(separator: ", "))"
    let detail = [
      fact.impact.map { "Impact: \($0)" }, fact.from?.playbook.map { "Playbook: \($0)" },
    ].compactMap { $0 }
    return Wording(
      .plain, "+", "declared", "\(key ?? "") \(fact.severity.rawValue) \(fact.title)\(from)\(on)",
      detail: detail.isEmpty ? nil : detail.joined(separator: "\n"))
  }

  private static func describedWording(_ fact: IncidentDescribed) -> Wording {
    let affected = fact.affected.map { $0.isEmpty ? "no endpoint" : $0.joined(separator: ", ") }
    let parts = [
      fact.title.map { "title: \($0)" }, fact.impact.map { "impact: \($0)" },
      affected.map { "affected: \($0)" },
      fact.systems.map { "systems: \($0.joined(separator: ", "))" },
      fact.started.map { "it began at \($0.dateClockUTC)" },
    ].compactMap { $0 }
    return Wording(.plain, "·", "described", parts.joined(separator: "; "))
  }

  private static func roleWording(_ fact: IncidentRoleTaken) -> Wording {
    switch (fact.handsOver, fact.who) {
    case (let from?, let to?):
      return Wording(
        .note, "▸", "hand-over", "\(fact.role) goes from \(from) to \(to)\(reason(fact.words))")
    case (let from?, nil):
      return Wording(.plain, "·", "role", "\(fact.role): given back by \(from)\(reason(fact.words))")
    case (nil, let to?):
      return Wording(.plain, "·", "role", "\(fact.role): \(to)\(fact.words.map { ", \($0)" } ?? "")")
    case (nil, nil): return Wording(.plain, "·", "role", "\(fact.role): given back")
    }
  }
}
