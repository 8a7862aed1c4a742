import Comms
import Incidents
import Terminal
import Values

/// One text for several: who they are, and what their copies say of their own.
extension Console {
  mutating func openRecipients() -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    return open(
      .line(
        LineEntry(
          .recipients(draft: sheet.key), label: "a copy each for",
          placeholder:
            "tenants or systems, with commas; {{recipient}} is their name; empty: one text for all",
          text: sheet.recipients.map(\.name).joined(separator: ", "))))
  }

  /// Takes the names, then asks for what each copy says of its own.
  mutating func submitRecipients(_ text: String, of key: String, at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet, sheet.key == key else {
      shell.overlay = nil
      return []
    }
    let names = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    var seen: Set<String> = []
    if let twice = names.first(where: { !seen.insert($0).inserted }) {
      shell.overlay?.fail("\(Inert.terminal(twice)) is named twice; each gets one copy.")
      return []
    }
    shell.overlay = nil
    let wasEdited = sheet.isEdited
    comms.sheet?.recipients = names.map { name in
      sheet.recipients.first { $0.name == name } ?? Recipient(name)
    }
    comms.sheet?.isDirty = true
    if !wasEdited { render(at: now) }
    let effects = saveDraft(at: now)
    return effects + openRecipientFields()
  }

  /// What the text still leaves open is a field of each recipient; for one of our systems its folder knows some.
  private mutating func openRecipientFields() -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    let names = ownNames(of: sheet)
    guard !sheet.recipients.isEmpty, !names.isEmpty else { return [] }
    let fields = sheet.recipients.enumerated().flatMap { index, recipient in
      names.map { name in
        Form.Field(
          "\(index).\(name)", "\(Inert.terminal(recipient.name)) · \(name)",
          text: recipient.fields[name] ?? known(name, of: recipient.name) ?? "")
      }
    }
    return open(
      .form(
        Form(
          .recipients(draft: sheet.key), title: "what each copy says of its own", verb: "fill in",
          fields: fields)))
  }

  /// Names that copies fill differently, in the order of the text.
  private func ownNames(of sheet: Sheet) -> [String] {
    var seen: Set<String> = ["recipient", "next_update"]
    let given = sheet.recipients.flatMap(\.fields.keys).sorted()
    return (Unfilled.names(in: sheet.whole) + given).filter { seen.insert($0).inserted }
  }

  private func known(_ name: String, of system: String) -> String? {
    guard let guide = world.guide(system) else { return nil }
    if name == "system" || name == "title" { return guide.title }
    return name.hasPrefix("links.") ? guide.links[String(name.dropFirst("links.".count))] : nil
  }

  mutating func submitRecipientFields(_ form: Form, _ key: String, at now: Instant) -> [Effect] {
    shell.overlay = nil
    guard let sheet = comms.sheet, sheet.key == key else { return [] }
    let names = ownNames(of: sheet)
    comms.sheet?.recipients = sheet.recipients.enumerated().map { index, recipient in
      let values = names.map { ($0, form["\(index).\($0)"]) }.filter { !$0.1.isEmpty }
      return Recipient(recipient.name, fields: Dictionary(values) { $1 }, system: recipient.system)
    }
    comms.sheet?.isDirty = true
    return saveDraft(at: now)
  }
}
