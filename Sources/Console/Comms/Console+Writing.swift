import Comms
import Incidents
import Terminal
import Values

/// Keys that are text, and how the text reaches the journal.
extension Console {
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
    guard var sheet = comms.sheet, sheet.isDirty else { return [] }
    // What the text names is what readers wait for.
    sheet.nextUpdate = world.promise(of: sheet, at: now)
    sheet.isDirty = false
    comms.sheet = sheet
    let act = SaveDraft(
      draft: sheet.draft, revision: sheet.draft == nil ? nil : sheet.revision, incident: sheet.incident,
      template: sheet.template, audience: sheet.audience, stage: sheet.stage, fields: sheet.fields,
      subject: sheet.subject.text, text: sheet.text.text, system: sheet.system, recipients: sheet.recipients)
    return [.keepUnsent(key: sheet.key, text: sheet.whole)]
      + perform(act, on: sheet.draft == nil ? "draft" : sheet.key, done: "", next: .draft)
  }

  /// A form that was opened while the text was being saved is one of the draft that it became.
  private mutating func followSaving(from old: String, to draft: String) {
    guard case .form(var form) = shell.overlay else { return }
    switch form.purpose {
    case .fields(old): form.purpose = .fields(draft: draft)
    case .recipients(old): form.purpose = .recipients(draft: draft)
    default: return
    }
    shell.overlay = .form(form)
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
    followSaving(from: old, to: fact.draft)
    shell.say("saved as \(fact.draft)", at: now, tone: .done)
    // What was typed while it was being saved stays unsaved.
    if sheet.isDirty {
      return [.keepUnsent(key: old, text: ""), .keepUnsent(key: fact.draft, text: sheet.whole)]
    }
    return [.keepUnsent(key: old, text: "")]
  }
}
