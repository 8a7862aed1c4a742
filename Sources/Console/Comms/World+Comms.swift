import Comms
import Incidents
import Playbooks
import Terminal
import Values

extension World {
  /// Those of the system's folder and, where they leave a gap, built-in ones.
  func templates(of system: String) -> [Template] { guide(system)?.templates ?? Self.builtIn }

  private static let builtIn = BuiltInTemplates.all()

  func template(of sheet: Sheet) -> Template? {
    templates(of: sheet.system).first { $0.name == sheet.template }
  }

  /// Where it goes: the template's channels, else the clipboard.
  func destinations(of sheet: Sheet) -> [String] {
    let channels = template(of: sheet)?.channels ?? []
    return channels.isEmpty ? [sheet.audience] : channels
  }

  /// Names of the local zone, where it has one that people write.
  var zoneNames: [String: Int] {
    guard let zone, zone.abbreviation.allSatisfy(\.isLetter) else { return [:] }
    return [zone.abbreviation: zone.offset]
  }

  /// What the text is checked against when it is read at `now`.
  func check(of sheet: Sheet, at now: Instant) -> DraftCheck {
    let guide = guide(sheet.system)
    let incident = ledger.incident(sheet.incident)
    let template = template(of: sheet)
    var check = DraftCheck(
      limit: template?.limit, severity: incident?.severity, links: guide.map { Array($0.links.values) } ?? [],
      hosts: guide?.hosts ?? [], secrets: guide?.secrets ?? [],
      allowsEstimate: template?.allowsEstimate(for: incident?.severity) ?? false)
    check.limits = destinations(of: sheet).compactMap { name in
      let outlet = guide?.outlets.first { $0.destination.name == name }
      return outlet.flatMap { DeliveryKinds.named($0.destination.kind) }.map { kind in
        TextLimit(of: name, subject: kind.limits.subject, text: kind.limits.text)
      }
    }
    check.dataLost = incident?.dataLost
    check.now = now
    check.zoneNames = zoneNames
    check.zones = guide?.zones ?? []
    check.allowsVague = template?.allowsVague ?? false
    check.hasClock = sheet.incident != nil
    check.every = incident?.cadence(for: sheet.audience)
    return check
  }

  /// What the check says of each copy, each once.
  func findings(of sheet: Sheet, at now: Instant) -> [Finding] {
    let check = check(of: sheet, at: now)
    let promise = promise(of: sheet, at: now)
    var seen: Set<String> = []
    let found = sheet.copies.flatMap { copy in
      check.findings(
        subject: copy.subject, text: copy.text, audience: sheet.audience, stage: sheet.stage,
        nextUpdate: promise
      ).filter { seen.insert($0.sentence).inserted }
    }
    let order: [Finding.Mark] = [.error, .warning, .good]
    return order.flatMap { mark in found.filter { $0.mark == mark } }
  }

  /// What the text names as the time of the next update, else what was meant.
  func promise(of sheet: Sheet, at now: Instant) -> Instant? {
    var check = DraftCheck()
    check.zoneNames = zoneNames
    check.zones = guide(sheet.system)?.zones ?? []
    return check.promise(in: sheet.text.text, at: now) ?? sheet.nextUpdate
  }

  /// The update that readers of this one saw last.
  func lastSent(like sheet: Sheet) -> Draft? {
    ledger.drafts.filter { $0.sent != nil && $0.incident == sheet.incident && $0.audience == sheet.audience }
      .max { ($0.sent?.at ?? .init(milliseconds: 0)) < ($1.sent?.at ?? .init(milliseconds: 0)) }
  }

  /// What the incident gives to the template's fields.
  func updateFields(of sheet: Sheet) -> UpdateFields {
    let incident = ledger.incident(sheet.incident)
    var fields = incident.map { UpdateFields($0) } ?? UpdateFields()
    fields.systems = (incident?.systems ?? [sheet.system]).map { guide($0)?.title ?? $0 }
    fields.actions = incident.map(actions) ?? []
    fields.earlierUpdates = ledger.drafts.count {
      $0.sent != nil && $0.incident == sheet.incident && $0.audience == sheet.audience
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
