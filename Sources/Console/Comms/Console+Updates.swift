import Comms
import Incidents
import Terminal
import Values

/// What is written next, and from what.
extension Console {
  var whyNoUpdate: String? {
    (subjectIncident ?? world.leadIncident?.key) == nil ? "No incident is open; i declares one." : nil
  }

  /// The open draft of the incident, else one from the template for the audience most overdue.
  mutating func writeUpdate(at now: Instant) -> [Effect] {
    guard let key = subjectIncident ?? world.leadIncident?.key, let incident = world.ledger.incident(key)
    else { return [] }
    let effects = go(to: .comms)
    if let sheet = comms.sheet, sheet.incident == key { return effects }
    let system = incident.systems.first ?? ""
    if let draft = world.ledger.drafts.last(where: { $0.isOpen && $0.incident == key }) {
      take(Sheet(draft, system: system))
      return effects
    }
    guard let wanted = mostOverdue(incident, at: now) else {
      take(newSheet(incident: incident, system: system, template: nil, at: now))
      comms.writing = .text
      return effects
    }
    return effects
      + (goOn(from: wanted, incident: incident, at: now)
        ?? begin(wanted.template, system: wanted.system, incident: incident, at: now))
  }

  private typealias Wanted = (system: String, template: Template)

  /// Of the templates that fit: that of the audience whose update is due first, the outward one if equal. A built-in
  /// one is for an audience that is waiting for something, or for a system that has none of its own.
  private func mostOverdue(_ incident: Incident, at now: Instant) -> Wanted? {
    let fitting = incident.systems.flatMap { system in
      world.templates(of: system).filter { $0.fits(incident) }.map { (system: system, template: $0) }
    }
    let owed = Set(
      incident.deadlines.compactMap { deadline in
        if case .update(let audience) = deadline.name { audience } else { nil }
      })
    let own = fitting.filter {
      !BuiltInTemplates.isBuiltIn($0.template) || owed.contains($0.template.audience)
    }
    func due(_ template: Template) -> Instant {
      let last = incident.updates.last { $0.audience == template.audience }
      if let next = last?.next { return next }
      guard let every = incident.cadence(for: template.audience) else { return Instant(milliseconds: .max) }
      return (last?.at ?? incident.declaredAt ?? now) + every
    }
    let first = (own.isEmpty ? fitting : own).enumerated().min { a, b in
      let (one, other) = (a.element.template, b.element.template)
      return (due(one), one.isOutward ? 0 : 1, a.offset) < (due(other), other.isOutward ? 0 : 1, b.offset)
    }?.element
    guard let first else { return nil }
    // Of those for the audience the one that is most its own.
    let best = world.templates(of: first.system).choose(
      audience: first.template.audience, stage: Stage(incident.status), severity: incident.severity)
    return (first.system, best ?? first.template)
  }

  /// What went out last to the same readers at the same stage is the beginning of the next; nil where nothing did.
  private mutating func goOn(from wanted: Wanted, incident: Incident, at now: Instant) -> [Effect]? {
    var sheet = newSheet(incident: incident, system: wanted.system, template: wanted.template, at: now)
    guard let last = world.lastSent(like: sheet), let sent = last.sent, last.stage == sheet.stage else {
      return nil
    }
    let (subject, text) = last.continued(promising: sheet.nextUpdate, of: incident, at: now)
    sheet.subject.text = subject
    sheet.text = TextArea(text)
    take(sheet)
    shell.say(
      "begun with what went out at \(sent.at.minuteUTC); w changes it, f names another time", at: now)
    return saveDraft(at: now)
  }

  /// What was answered for the incident before, so that nobody is asked twice.
  private func remembered(in incident: String?) -> [String: String] {
    world.ledger.drafts.answers(in: incident)
  }

  private func newSheet(
    incident: Incident?, system: String, template: Template?, at now: Instant
  ) -> Sheet {
    let audience = template?.audience ?? "users"
    let stage = incident.map { Stage($0.status) } ?? template?.stages.first ?? .announcement
    let every = incident.flatMap {
      $0.isOpen ? $0.cadence(for: audience) ?? Self.suggested(template, stage) : nil
    }
    var sheet = Sheet(
      incident: incident?.key, system: system, template: template?.name, audience: audience, stage: stage,
      nextUpdate: every.map { Self.wholeMinute(now + $0) })
    sheet.answers = remembered(in: incident?.key)
    if template == nil { sheet.subject.text = incident?.title ?? "" }
    return sheet
  }

  /// Ours: half an hour, where the folder names no cadence and the text has a place for the next update.
  /// A suggestion in the form, which anybody can change before it is promised.
  private static func suggested(_ template: Template?, _ stage: Stage) -> Span? {
    template?.names.contains("next_update") == true && stage.asksForNext ? .minutes(30) : nil
  }

  /// The next whole minute: a promise is a time that people can read off a clock.
  static func wholeMinute(_ instant: Instant) -> Instant {
    let minutes = (instant.milliseconds.addingSaturating(59_999)).floorDivided(by: 60_000)
    return Instant(milliseconds: minutes.multipliedSaturating(by: 60_000))
  }

  /// A draft from a template; asks for its fields.
  mutating func begin(
    _ template: Template, system: String, incident: Incident?, at now: Instant
  ) -> [Effect] {
    take(newSheet(incident: incident, system: system, template: template, at: now))
    render(at: now)
    let isRestored = comms.sheet.flatMap { comms.unsent[$0.key] } != nil
    restoreUnsent()
    return isRestored ? [] : openFields(at: now)
  }

  mutating func take(_ sheet: Sheet) {
    comms.sheet = sheet
    comms.writing = nil
    comms.top = 0
    restoreUnsent()
  }

  /// Text of an earlier session that never reached the journal comes back.
  private mutating func restoreUnsent() {
    guard let sheet = comms.sheet, let text = comms.unsent[sheet.key], text != sheet.whole else { return }
    comms.sheet?.whole = text
    comms.sheet?.isDirty = true
  }

  /// Fills the template anew.
  mutating func render(at now: Instant) {
    guard let sheet = comms.sheet, let template = world.template(of: sheet) else { return }
    var fields = world.updateFields(of: sheet).fields(at: now)
    // A section over a recipient's field is decided here, its value with each copy.
    if !sheet.recipients.isEmpty {
      for name in Set(sheet.recipients.flatMap(\.fields.keys)).union(["recipient"]) {
        fields[name] = .text("{{\(name)}}")
      }
    }
    let filled = template.filled(
      fields, variables: world.guide(sheet.system)?.variables ?? [])
    comms.sheet?.subject.text = filled.subject
    comms.sheet?.text = TextArea(filled.text)
    comms.sheet?.rendered = filled.text
    comms.sheet?.isDirty = true
  }
}
