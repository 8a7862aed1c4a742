import Comms
import Incidents
import Terminal
import Values

/// Fields of an update, and its promise.
extension Console {
  /// Asks for the template's variables, for what is unfilled, and for the promise.
  mutating func openFields(at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    let promise = world.promise(of: sheet, at: now)
    let system = world.guide(sheet.system)?.variables ?? []
    let given = world.updateFields(of: sheet).fields(at: now)
    var wanted = world.template(of: sheet)?.variables ?? []
    // What the recipients fill is asked with them.
    let own = Set(sheet.recipients.flatMap(\.fields.keys)).union(
      sheet.recipients.isEmpty ? [] : ["recipient"])
    for name in Unfilled.names(in: sheet.whole)
    where !wanted.contains(where: { $0.name == name }) && name != "next_update" && !own.contains(name) {
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
        Sheet.promise, "Next update", text: promise?.minuteUTC ?? "",
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
    guard
      let next = Self.promised(
        said, at: now, offset: world.zone?.offset ?? 0, known: world.promise(of: sheet, at: now))
    else {
      shell.overlay?.fail("\(said) is no time to come; write 15m, 03:30Z, or nothing.")
      return []
    }
    shell.overlay = nil
    let wasEdited = sheet.isEdited
    let answered = sheet.answers
    let before = world.promise(of: sheet, at: now)
    sheet.nextUpdate = next.instant
    for field in form.fields where field.id != Sheet.promise {
      let value = field.value.trimmed
      sheet.answers[field.id] = value.isEmpty ? nil : value
    }
    if wasEdited {
      // What a person wrote stays; only holes and the promised time are filled.
      var whole = sheet.whole
      for (name, value) in sheet.answers.sorted(by: { $0.key < $1.key }) {
        whole = whole.replacing("{{\(name)}}", with: value)
        // An answer that was changed is changed where it stands, if that is plain.
        if let old = answered[name], old != value, old.count > 2, whole.ranges(of: old).count == 1 {
          whole = whole.replacing(old, with: value)
        }
      }
      if let next = next.instant {
        whole = whole.replacing("{{next_update}}", with: UpdateFields.time(next, at: now))
      }
      sheet.whole = whole
      if let next = next.instant, next != before {
        sheet.text.text = PromiseText.replacing(
          in: sheet.text.text, with: next, at: now, names: world.zoneNames)
      }
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
}
