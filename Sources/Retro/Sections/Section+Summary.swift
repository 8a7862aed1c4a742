import Incidents
import Values

/// In a paragraph: when it began and ended, and whether promises were kept.
extension IncidentReport {
  var summaryBlocks: [RetroBlock] { written("summary") + [.paragraph(summary)] + standingFacts }

  private var standingFacts: [RetroBlock] {
    let name = incident.severityName.map { " (\($0))" } ?? ""
    let systems = incident.systems.joined(separator: ", ")
    let links = incident.links.map { link in
      (link.label.capitalizedFirst, Optional(link.to + (link.title.map { ", \($0)" } ?? "")))
    }
    return Self.facts(
      [
        ("Severity", incident.severity.rawValue + name), ("Status", incident.standing),
        ("Systems", systems.isEmpty ? nil : systems),
      ] + links)
  }

  var summary: String {
    let started = incident.started.map { "It began at \($0.dateClockUTC)" } ?? "When it began is not known"
    let resolved = incident.resolutions.map { one in
      let took = incident.started.map { one.at < $0 ? "" : " after \((one.at - $0).short)" } ?? ""
      let again = one.reopened.map { ", and reopened at \($0.dateClockUTC)" } ?? ""
      return "was resolved at \(one.at.dateClockUTC)\(took)\(again)"
    }
    let merged = incident.merger.map { "was merged into \($0.to) at \($0.at.dateClockUTC)" }
    let isOpen = merged == nil && incident.resolved == nil
    let ends = resolved + [merged, isOpen ? "is not resolved" : nil].compactMap { $0 }
    return "\(started)\(ends.map { " and \($0)" }.joined(separator: ",")). \(promisesKept)"
  }

  /// How many updates went out, and whether they came when they were promised.
  private var promisesKept: String {
    let updates = updates
    let sent = "\(updates.count) \(updates.count == 1 ? "update" : "updates") went out"
    guard !updates.isEmpty else { return "\(sent)." }
    let late = updates.filter { ($0.lateBy ?? .zero) > .zero }.count
    let times = missedPromises.map(\.dateClockUTC)
    let missed =
      times.isEmpty
      ? nil
      : "the \(times.count == 1 ? "one" : "ones") promised for \(times.joined(separator: " and ")) never came"
    let kept =
      late == 0
      ? missed ?? "every promised time was kept"
      : "\(late) came later than promised" + (missed.map { ", and \($0)" } ?? "")
    return "\(sent); \(kept)."
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
