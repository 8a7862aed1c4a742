import Incidents
import Playbooks
import Values

/// What is appended to a house's own file when an incident is over: what happened, and what follows from it.
///
/// Markdown between two comments that name the incident and its journal, by which the entry is found again.
package struct RetroEntry: Sendable {
  package let incident: Incident
  package let retro: WrittenRetro?
  /// What is to be done, in the order of lists.
  package let actions: [ActionItem]
  /// Names of sections, as `system.yaml` has them; empty is the usual ones.
  package let sections: [String]
  package let stamp: RecordStamp
  package let made: Instant

  package init(
    _ incident: Incident, retro: WrittenRetro?, actions: [ActionItem], sections: [String] = [],
    stamp: RecordStamp, made: Instant
  ) {
    self.incident = incident
    self.retro = retro
    self.actions = actions.sorted(by: ActionItem.comesFirst)
    self.sections = sections
    self.stamp = stamp
    self.made = made
  }

  /// The first line of an incident's entry; the origin is that of the journal in which it was declared.
  package static func beginning(of incident: Incident) -> String {
    "<!-- midwatch retro entry \(name(of: incident)) -->"
  }

  /// The last line of an incident's entry.
  package static func end(of incident: Incident) -> String {
    "<!-- end of midwatch retro entry \(name(of: incident)) -->"
  }

  private static func name(of incident: Incident) -> String {
    "\(incident.key) \(incident.origin ?? "unknown")"
  }

  /// Ends in a line end.
  package var text: String {
    var lines = [Self.beginning(of: incident), "", "## \(heading)", ""]
    for name in sections.isEmpty ? Self.usual : sections {
      lines += section(name)
    }
    lines += ["_\(stamp.sentence(at: made, inert: Inert.markdown))_", "", Self.end(of: incident)]
    return lines.joined(separator: "\n") + "\n"
  }

  private static let usual = ["summary", "root cause", "follow-up tasks"]

  private var heading: String {
    let day = incident.started.map { " (\($0.rfc3339.prefix(10)))" } ?? ""
    return "\(incident.key) \(Inert.markdown(incident.title)), \(incident.severity.rawValue)\(day)"
  }

  private func section(_ name: String) -> [String] {
    let words = name.lowercased().split { " _-".contains($0) }.joined(separator: "_")
    switch words {
    case "summary": return titled("Summary", [facts, written(.summary)].compactMap { $0 })
    case "follow_up_tasks", "followup_tasks", "follow_ups", "followups", "tasks", "action_items", "actions":
      let own = written(.followUps)
      return titled("Follow-up tasks", [own, tasks].compactMap { $0 })
    default:
      guard let part = RetroPart(words) else { return titled(Inert.markdown(name), []) }
      // The usual ones are left out while nobody wrote them; what a folder asks for is not.
      guard let text = written(part) else { return sections.isEmpty ? [] : titled(part.title, []) }
      return titled(part.title, [text])
    }
  }

  private func titled(_ title: String, _ parts: [String]) -> [String] {
    let text = parts.isEmpty ? ["Nothing was written."] : parts
    return ["### \(title)", ""] + text.flatMap { [$0, ""] }
  }

  private func written(_ part: RetroPart) -> String? {
    retro?[part].map { section in
      // In a fence a line stands as it was written: none may look like an end of ours.
      WrittenMarkdown.inert(section.text, under: 4)
        .map { $0.contains("midwatch retro entry") ? $0.replacing("<!--", with: "<! --") : $0 }
        .joined(separator: "\n")
    }
  }

  private var facts: String {
    let began = incident.started.map { "It began at \($0.dateClockUTC)" } ?? "When it began is not known"
    let end: String
    if let closed = incident.closed {
      let took = incident.started.map { " after \((closed - $0).short)" } ?? ""
      end =
        " and was \(incident.merger.map { "merged into \($0.to)" } ?? "resolved") at \(closed.dateClockUTC)\(took)."
    } else {
      end = "; it is not over."
    }
    let impact = incident.impact.map { " \(Self.sentence($0))" } ?? ""
    let lost = incident.dataLost.map { " " + Self.sentence("Data lost: \($0)") } ?? ""
    let systems = incident.systems.joined(separator: ", ")
    return Inert.markdown("\(systems): \(began)\(end)\(impact)\(lost)")
  }

  /// With a stop where it has no end of its own.
  private static func sentence(_ text: String) -> String {
    guard let end = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    let text = text[...end]
    return ".!?…。".contains(text[end]) ? String(text) : text + "."
  }

  private var tasks: String? {
    guard !actions.isEmpty else { return nil }
    return actions.map { item in
      let who = item.owner.map { ", \($0)" } ?? ""
      let due = item.due.map { ", due \($0.dateClockUTC)" } ?? ""
      let state = item.state == .open ? "" : ", \(item.state.rawValue)"
      let key = item.isFollowUp ? "" : " (\(item.key))"
      return "- [\(item.state.isOver ? "x" : " ")] \(Inert.markdown(item.task + who + due + state + key))"
    }.joined(separator: "\n")
  }
}
