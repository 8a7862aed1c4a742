import Incidents
import Values

/// Lines about action items, and about what people wrote for the retro.
extension Timeline {
  static func retroWording(_ event: Event) -> Wording? {
    if let fact = event.fact(ActionAdded.self) {
      let owner = fact.owner.map { " for \($0)" } ?? ""
      let due = fact.due.map { ", due \($0.dateClockUTC)" } ?? ""
      return Wording(.plain, "☐", "action", "\(fact.action) \(fact.title)\(owner)\(due)")
    }
    if let fact = event.fact(ActionChanged.self) {
      return Wording(
        fact.state == .done ? .good : .plain, sign(of: fact.state), "action",
        "\(fact.action) \(fact.title)\(changes(fact))\(reason(fact.reason))")
    }
    if let fact = event.fact(RetroAppended.self) {
      return Wording(.plain, "·", "retro", "entry appended to \(fact.file)")
    }
    return event.fact(RetroWritten.self).map { fact in
      let title = RetroPart(fact.section)?.title ?? fact.section
      return fact.text.hasWords
        ? Wording(.note, "◇", "retro", "\(title): \(fact.text)")
        : Wording(.plain, "·", "retro", "\(title) was taken back")
    }
  }

  /// As tasks have it.
  private static func sign(of state: ActionItem.State) -> String {
    switch state {
    case .open, .doing: "☐"
    case .done: "✓"
    case .dropped: "–"
    }
  }

  /// ` done`, ` goes to ops2, due 2026-12-01 12:00:00Z`.
  private static func changes(_ fact: ActionChanged) -> String {
    var parts: [String] = []
    if fact.state != fact.was.state {
      switch fact.state {
      case .open: parts.append("is to do again")
      case .doing: parts.append("is being done")
      case .done, .dropped: parts.append(fact.state.rawValue)
      }
    }
    if fact.owner != fact.was.owner { parts.append(fact.owner.map { "goes to \($0)" } ?? "is nobody's") }
    if fact.due != fact.was.due { parts.append(fact.due.map { "due \($0.dateClockUTC)" } ?? "at no time") }
    if fact.title != fact.was.title { parts.append("before: \(fact.was.title)") }
    return parts.isEmpty ? "" : " " + parts.joined(separator: ", ")
  }
}
