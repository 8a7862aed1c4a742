import Comms
import Incidents
import Playbooks
import Terminal
import Values

extension World {
  func template(of sheet: Sheet) -> Template? {
    guide(sheet.system)?.templates.first { $0.name == sheet.template }
  }

  /// Where it goes: the template's channels, else the clipboard.
  func destinations(of sheet: Sheet) -> [String] {
    let channels = template(of: sheet)?.channels ?? []
    return channels.isEmpty ? [sheet.audience] : channels
  }

  /// What the text is checked against.
  func check(of sheet: Sheet) -> DraftCheck {
    let guide = guide(sheet.system)
    let incident = ledger.incident(sheet.incident)
    var check = DraftCheck(
      limit: template(of: sheet)?.limit, severity: incident?.severity,
      links: guide.map { Array($0.links.values) } ?? [], hosts: guide?.hosts ?? [],
      allowsEstimate: template(of: sheet)?.allowsEstimate(for: incident?.severity) ?? false)
    check.dataLost = incident?.dataLost
    return check
  }

  func findings(of sheet: Sheet) -> [Finding] {
    check(of: sheet).findings(
      subject: sheet.subject.text, text: sheet.text.text, audience: sheet.audience, stage: sheet.stage,
      nextUpdate: sheet.nextUpdate)
  }

  /// The update that readers of this one saw last.
  func lastSent(like sheet: Sheet) -> Draft? {
    ledger.drafts.filter { $0.sent != nil && $0.incident == sheet.incident && $0.audience == sheet.audience }
      .max { ($0.sent?.at ?? .init(milliseconds: 0)) < ($1.sent?.at ?? .init(milliseconds: 0)) }
  }

  /// What the incident gives to the template's fields.
  func updateFields(of sheet: Sheet) -> UpdateFields {
    var fields = UpdateFields()
    if let incident = ledger.incident(sheet.incident) {
      fields.incident = incident.key
      fields.number = incident.number
      fields.title = incident.title
      fields.severity = incident.severity
      fields.severityName = incident.declared?.severityName
      fields.status = incident.status
      fields.impact = incident.impact
      fields.systems = incident.systems.map { guide($0)?.title ?? $0 }
      fields.started = incident.started
      fields.resolved = incident.resolved
      fields.commander = incident.commander
      fields.actions = actions(of: incident)
    }
    fields.nextUpdate = sheet.nextUpdate
    fields.links = guide(sheet.system)?.links ?? [:]
    fields.answers = sheet.answers
    return fields
  }

  /// Steps that were done in the incident's runs, oldest first.
  private func actions(of incident: Incident) -> [String] {
    let runs = ledger.runs.filter { $0.incident == incident.key }
    let done = runs.flatMap { run in
      let marked = run.steps.compactMap { step in run.marks[step.step].map { (step, $0) } }
      let steps: [(RunStarted.Planned, Run.Mark)] = marked + run.leftBehind.map { ($0.step, $0.mark) }
      return steps.filter { $0.1.state == .done }.map { ($0.1.at, $0.0.title) }
    }
    return done.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
