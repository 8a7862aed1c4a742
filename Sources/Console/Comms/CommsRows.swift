import Comms
import Incidents
import Terminal
import Values

/// A line of the list of drafts, templates and updates that went out.
struct CommsRow {
  enum What: Equatable {
    case draft(String)
    case template(system: String, name: String)
    case sent(String)
  }

  let id: String
  let what: What
  let sign: (Sign, Style)
  let title: String
  let detail: Spans
}

extension CommsScreen {
  /// Open drafts, then templates that fit the incident, then the others, then what went out, and at the end built-in
  /// templates for announcements, maintenance and replies. Built-in ones for another status than the incident's are
  /// not shown: every system would bring them.
  func rows(_ world: World) -> [CommsRow] {
    let filter = RowFilter(filter)
    let incident = world.leadIncident
    let open = world.ledger.drafts.filter(\.isOpen).map { draft in
      CommsRow(
        id: draft.key, what: .draft(draft.key), sign: (.current, .due), title: draft.subject,
        detail: [
          ("draft \(draft.key)", .strong), (" for \(draft.audience)", .text),
          (draft.incident.map { " about \($0)" } ?? "", .text),
          ("  saved \(draft.saved?.at.minuteUTC ?? "") by \(draft.saved?.by ?? "?")", .dim),
        ])
    }
    var fitting: [CommsRow] = []
    var others: [CommsRow] = []
    var spare: [CommsRow] = []
    for guide in world.guides {
      for template in guide.templates {
        let isBuiltIn = BuiltInTemplates.isBuiltIn(template)
        let fits = incident.map { $0.systems.contains(guide.system) && template.fits($0) } ?? false
        guard fits || !isBuiltIn || template.isOfOccasions else { continue }
        let stages = template.stages.map(\.rawValue).joined(separator: ", ")
        let row = CommsRow(
          id: "\(guide.system)/\(template.name)", what: .template(system: guide.system, name: template.name),
          sign: (.choice, fits ? .text : .dim), title: template.subject.withoutSections,
          detail: [
            (isBuiltIn ? "built-in" : "template", fits ? .text : .dim),
            (" for \(template.audience)", fits ? .strong : .dim),
            ("  \(guide.system)  \(stages)", .dim),
          ])
        if fits { fitting.append(row) } else if isBuiltIn { spare.append(row) } else { others.append(row) }
      }
    }
    let sent = world.ledger.drafts.filter { $0.sent != nil }
      .sorted { ($1.sent?.at ?? .init(milliseconds: 0)) < ($0.sent?.at ?? .init(milliseconds: 0)) }
      .map { draft in
        CommsRow(
          id: draft.key, what: .sent(draft.key), sign: (.sent, .up), title: draft.subject,
          detail: [
            ("sent \(draft.sent?.at.minuteUTC ?? "") by \(draft.sent?.by ?? "?")", .dim),
            (" to \(draft.audience)\(draft.incident.map { ", \($0)" } ?? "")", .dim),
          ])
      }
    return (open + fitting + others + sent + spare).filter {
      filter.matches("\($0.title) \($0.detail.map(\.0).joined())")
    }
  }
}

extension Template {
  /// Whether it is for announcements, maintenance or replies, and for no status of an incident.
  var isOfOccasions: Bool { !stages.isEmpty && Set(stages).isSubset(of: Self.occasions) }

  private static let occasions: Set<Stage> = [.announcement, .maintenance, .reply]

  /// Whether it is for an incident as it stands.
  func fits(_ incident: Incident) -> Bool {
    (stages.isEmpty || stages.contains(Stage(incident.status)))
      && (severities.isEmpty || severities.contains(incident.severity))
  }
}

extension String {
  /// A subject of a template as a list shows it: what stands in sections, without their marks.
  var withoutSections: String {
    var shown = ""
    var rest = self[...]
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      shown += rest[..<open.lowerBound]
      let isMark = rest[open.upperBound...].first.map { "#^/".contains($0) } ?? false
      if !isMark { shown += rest[open.lowerBound..<close.upperBound] }
      rest = rest[close.upperBound...]
    }
    return shown + rest
  }
}
