import Comms
import Incidents
import Terminal
import Values

/// What lies there is opened, compared, previewed or given up.
extension Console {
  mutating func openSelectedDraft(at now: Instant) -> [Effect] {
    guard let row = comms.rows(world).first(where: { $0.id == comms.list.selected }) else { return [] }
    switch row.what {
    case .draft(let key):
      guard let draft = world.ledger.drafts.first(where: { $0.key == key }) else { return [] }
      let system = draft.system ?? world.ledger.incident(draft.incident)?.systems.first
      take(Sheet(draft, system: system ?? world.guides.first?.system ?? ""))
      return []
    case .sent(let key):
      guard let draft = world.ledger.drafts.first(where: { $0.key == key }) else { return [] }
      return open(
        .page(TextPage(title: "sent: \(draft.subject)", lines: Self.page(draft.subject, draft.text))))
    case .template(let system, let name):
      guard !world.options.readOnly,
        let template = world.templates(of: system).first(where: { $0.name == name })
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
