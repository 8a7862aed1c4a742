import Comms
import Incidents
import Terminal
import Values

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
    guard let template = mostOverdue(incident, at: now) else {
      take(newSheet(incident: incident, system: system, template: nil, at: now))
      comms.writing = .text
      return effects
    }
    return effects + begin(template, system: system, incident: incident, at: now)
  }

  /// Of the templates that fit: that of the audience whose update is due first, the outward one if equal.
  private func mostOverdue(_ incident: Incident, at now: Instant) -> Template? {
    let fitting = incident.systems.compactMap { world.guide($0) }.flatMap { guide in
      guide.templates.filter { guide.fits($0, incident) }
    }
    func due(_ template: Template) -> Instant {
      let last = incident.updates.last { $0.audience == template.audience }
      if let next = last?.next { return next }
      guard let every = incident.cadence(for: template.audience) else { return Instant(milliseconds: .max) }
      return (last?.at ?? incident.declaredAt ?? now) + every
    }
    return fitting.enumerated().min { a, b in
      (due(a.element), a.element.isOutward ? 0 : 1, a.offset) < (
        due(b.element), b.element.isOutward ? 0 : 1, b.offset
      )
    }?.element
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
  private mutating func begin(
    _ template: Template, system: String, incident: Incident?, at now: Instant
  ) -> [Effect] {
    take(newSheet(incident: incident, system: system, template: template, at: now))
    render(at: now)
    let isRestored = comms.sheet.flatMap { comms.unsent[$0.key] } != nil
    restoreUnsent()
    return isRestored ? [] : openFields(at: now)
  }

  private mutating func take(_ sheet: Sheet) {
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
  private mutating func render(at now: Instant) {
    guard let sheet = comms.sheet, let template = world.template(of: sheet) else { return }
    let filled = template.filled(
      world.updateFields(of: sheet).fields(at: now), variables: world.guide(sheet.system)?.variables ?? [])
    comms.sheet?.subject.text = filled.subject
    comms.sheet?.text = TextArea(filled.text)
    comms.sheet?.rendered = filled.text
    comms.sheet?.isDirty = true
  }

  // MARK: - Fields

  /// Asks for the template's variables, for what is unfilled, and for the promise.
  mutating func openFields(at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    let system = world.guide(sheet.system)?.variables ?? []
    let given = world.updateFields(of: sheet).fields(at: now)
    var wanted = world.template(of: sheet)?.variables ?? []
    for name in Unfilled.names(in: sheet.whole)
    where !wanted.contains(where: { $0.name == name }) && name != "next_update" {
      wanted.append(system.first { $0.name == name } ?? Variable(name))
    }
    var fields = wanted.map { variable in
      let value = sheet.answers[variable.name] ?? given[variable.name]?.plain ?? variable.defaultValue ?? ""
      return variable.choices.isEmpty
        ? Form.Field(variable.name, variable.prompt, text: value)
        : Form.Field(
          variable.name, variable.prompt, options: variable.choices,
          selected: variable.choices.firstIndex(of: value) ?? 0)
    }
    fields.append(
      Form.Field(
        Sheet.promise, "Next update", text: sheet.nextUpdate?.minuteUTC ?? "",
        note: "15m from now, 03:30Z or local 05:30; empty promises none. It is counted down once this is sent"
      ))
    return open(
      .form(
        Form(
          .fields(draft: sheet.key), title: "fields of the update for \(sheet.audience)", verb: "fill in",
          fields: fields)))
  }

  mutating func submitFields(_ form: Form, _ key: String, at now: Instant) -> [Effect] {
    guard var sheet = comms.sheet, sheet.key == key else {
      shell.overlay = nil
      return []
    }
    let said = form[Sheet.promise]
    guard let next = Self.promised(said, at: now, offset: world.zone?.offset ?? 0, known: sheet.nextUpdate)
    else {
      shell.overlay?.fail("\(said) is no time to come; write 15m, 03:30Z, or nothing.")
      return []
    }
    shell.overlay = nil
    let wasEdited = sheet.text.text != sheet.rendered
    let before = sheet.nextUpdate.map { UpdateFields.time($0, at: now) }
    sheet.nextUpdate = next.instant
    for field in form.fields where field.id != Sheet.promise {
      let value = field.value.trimmed
      sheet.answers[field.id] = value.isEmpty ? nil : value
    }
    if wasEdited {
      // What a person wrote stays; only holes and the promised time are filled.
      var whole = sheet.whole
      for (name, value) in sheet.answers { whole = whole.replacing("{{\(name)}}", with: value) }
      if let time = next.instant.map({ UpdateFields.time($0, at: now) }) {
        whole = whole.replacing("{{next_update}}", with: time)
        if let before { whole = whole.replacing(before, with: time) }
      }
      sheet.whole = whole
      sheet.isDirty = true
    }
    comms.sheet = sheet
    if !wasEdited { render(at: now) }
    return saveDraft(at: now)
  }

  /// `15m`, `03:30Z`, `05:30`; `.instant` nil for an empty line, nil for what is no time to come.
  static func promised(
    _ text: String, at now: Instant, offset: Int, known: Instant?
  ) -> (instant: Instant?, Void)? {
    if text.isEmpty { return (nil, ()) }
    if let known, text == known.minuteUTC { return (known, ()) }
    if let span = Span(prometheus: text), span > .zero { return (wholeMinute(now + span), ()) }
    guard let past = NoteTime.instant(text, at: now, offset: offset), !text.hasPrefix("-") else { return nil }
    // A time of day means the next one, not the last.
    let next = past > now ? past : past + .days(1)
    return next > now && next - now < .days(2) ? (next, ()) : nil
  }

  // MARK: - Writing and saving

  mutating func pressWhileWriting(_ key: Key, at now: Instant) -> [Effect] {
    guard var sheet = comms.sheet, let writing = comms.writing else { return [] }
    switch key {
    case .escape:
      comms.writing = nil
      return saveDraft(at: now)
    case .tab, .backtab:
      comms.writing = writing == .text ? .subject : .text
      return []
    case .enter where writing == .subject:
      comms.writing = .text
      return []
    default: break
    }
    let before = sheet.whole
    switch writing {
    case .subject: _ = sheet.subject.handle(key)
    case .text: _ = sheet.text.handle(key, size: textSize)
    }
    guard sheet.whole != before else {
      comms.sheet = sheet
      return []
    }
    sheet.isDirty = true
    comms.sheet = sheet
    return [.keepUnsent(key: sheet.key, text: sheet.whole)]
  }

  /// The size that the text is drawn in while it is written.
  private var textSize: Size {
    let area = comms.split(layout.stage, world).stage
    let width = area.width >= 84 ? area.width - min(48, area.width * 2 / 5) - 2 : area.width - 2
    return Size(width: width, height: max(1, area.height - 3))
  }

  mutating func openEditor() -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    let number = acts.number()
    comms.editors[number] = sheet.key
    return [.edit(number, text: sheet.whole)]
  }

  mutating func edited(_ number: Int, _ text: String?, at now: Instant) -> [Effect] {
    guard let key = comms.editors.removeValue(forKey: number), comms.sheet?.key == key else { return [] }
    guard let text, text != comms.sheet?.whole else {
      shell.say("nothing was changed", at: now)
      return []
    }
    comms.sheet?.whole = text
    comms.sheet?.isDirty = true
    return saveDraft(at: now)
  }

  /// Leaving an editor is an event.
  mutating func saveDraft(at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet, sheet.isDirty else { return [] }
    comms.sheet?.isDirty = false
    let act = SaveDraft(
      draft: sheet.draft, revision: sheet.draft == nil ? nil : sheet.revision, incident: sheet.incident,
      template: sheet.template, audience: sheet.audience, stage: sheet.stage, fields: sheet.fields,
      subject: sheet.subject.text, text: sheet.text.text, system: sheet.system, recipients: sheet.recipients)
    return [.keepUnsent(key: sheet.key, text: sheet.whole)]
      + perform(act, on: sheet.draft == nil ? "draft" : sheet.key, done: "", next: .draft)
  }

  /// The journal has the text: what was kept beside it is no longer needed.
  mutating func draftSaved(_ events: [Event], at now: Instant) -> [Effect] {
    guard let fact = events.compactMap({ $0.fact(DraftSaved.self) }).first, let sheet = comms.sheet else {
      return []
    }
    guard sheet.draft == nil || sheet.draft == fact.draft else { return [] }
    let old = sheet.key
    comms.unsent[old] = nil
    comms.sheet?.draft = fact.draft
    comms.sheet?.revision += 1
    shell.say("saved as \(fact.draft)", at: now, tone: .done)
    // What was typed while it was being saved stays unsaved.
    if sheet.isDirty {
      return [.keepUnsent(key: old, text: ""), .keepUnsent(key: fact.draft, text: sheet.whole)]
    }
    return [.keepUnsent(key: old, text: "")]
  }

  // MARK: - Reading

  mutating func openSelectedDraft(at now: Instant) -> [Effect] {
    guard let row = comms.rows(world).first(where: { $0.id == comms.list.selected }) else { return [] }
    switch row.what {
    case .draft(let key):
      guard let draft = world.ledger.drafts.first(where: { $0.key == key }) else { return [] }
      let system = world.ledger.incident(draft.incident)?.systems.first ?? world.guides.first?.system ?? ""
      take(Sheet(draft, system: system))
      return []
    case .sent(let key):
      guard let draft = world.ledger.drafts.first(where: { $0.key == key }) else { return [] }
      return open(
        .page(TextPage(title: "sent: \(draft.subject)", lines: Self.page(draft.subject, draft.text))))
    case .template(let system, let name):
      guard !world.options.readOnly,
        let template = world.guide(system)?.templates.first(where: { $0.name == name })
      else {
        return []
      }
      let incident = world.ledger.openIncidents(of: system).first
      return begin(template, system: system, incident: incident, at: now)
    }
  }

  private static func page(_ subject: String, _ text: String) -> [(String, Style)] {
    [(subject, .strong), ("", .text)]
      + text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { (String($0), .text) }
  }

  /// What each destination gets, one after the other; nothing is sent from here.
  mutating func previewDraft(at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    let whole = "\(sheet.subject.text)\n\n\(sheet.text.text)"
    let lines = world.sendRows(of: sheet, at: now).filter(\.isChosen).flatMap { row -> [(String, Style)] in
      let place = row.shown.isEmpty ? row.kind : "\(row.kind) \(row.shown)"
      return [("── exactly this goes to \(row.id), \(place)", .strong)]
        + row.payload(of: whole).map { ($0, .text) } + [("", .text)]
    }
    return open(.page(TextPage(title: "preview of each destination", lines: lines)))
  }

  mutating func showDiff() -> [Effect] {
    guard let sheet = comms.sheet, let last = world.lastSent(like: sheet) else { return [] }
    let diff = TextDiff(from: last.text, to: sheet.text.text)
    let lines = diff.lines.map { line -> (String, Style) in
      switch line.change {
      case .same: ("  \(line.text)", .dim)
      case .added: ("+ \(line.text)", .added)
      case .removed: ("- \(line.text)", .removed)
      }
    }
    return open(.page(TextPage(title: "since the last update: \(diff.summary)", lines: lines)))
  }

  mutating func openDiscard(at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    guard let draft = sheet.draft else {
      comms.sheet = nil
      comms.unsent[sheet.key] = nil
      shell.say("discarded; it was never saved", at: now)
      return [.keepUnsent(key: sheet.key, text: "")]
    }
    return open(
      .line(
        LineEntry(
          .discard(draft: draft), label: "discard \(draft) because", placeholder: "why nobody needs it")))
  }

  mutating func discard(_ draft: String, reason: String) -> [Effect] {
    perform(
      DiscardDraft(draft, reason: reason.isEmpty ? nil : reason), on: draft, done: "\(draft) is discarded",
      next: .forget(draft: draft), closing: true)
  }
}
