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
  /// Open drafts, then templates that fit the incident, then the others, then what went out.
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
    for guide in world.guides {
      for template in guide.templates {
        let fits = incident.map { guide.fits(template, $0) } ?? false
        let stages = template.stages.map(\.rawValue).joined(separator: ", ")
        let row = CommsRow(
          id: "\(guide.system)/\(template.name)", what: .template(system: guide.system, name: template.name),
          sign: (.choice, fits ? .text : .dim), title: template.subject,
          detail: [
            ("template", fits ? .text : .dim), (" for \(template.audience)", fits ? .strong : .dim),
            ("  \(guide.system)  \(stages)", .dim),
          ])
        if fits { fitting.append(row) } else { others.append(row) }
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
    return (open + fitting + others + sent).filter {
      filter.matches("\($0.title) \($0.detail.map(\.0).joined())")
    }
  }
}

extension Guide {
  /// Whether a template is for the incident as it stands.
  func fits(_ template: Template, _ incident: Incident) -> Bool {
    incident.systems.contains(system)
      && (template.stages.isEmpty || template.stages.contains(Stage(incident.status)))
      && (template.severities.isEmpty || template.severities.contains(incident.severity))
  }
}
