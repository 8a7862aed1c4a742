import Comms
import Incidents
import Systems
import Terminal
import Values

extension Console {
  var whyNotSend: String? {
    guard let sheet = comms.sheet else { return "No update is open." }
    if world.saving.contains(sheet.key) || world.saving.contains("draft") { return "It is being saved." }
    // A copy must not go where another system's readers are.
    if let other = sheet.recipients.compactMap(\.system).first(where: { $0 != sheet.system }) {
      return "\(other) gets its copy by its own folder: midwatch update send \(sheet.draft ?? "") does that."
    }
    let unfilled = sheet.unfilled
    if !unfilled.isEmpty {
      return "\(unfilled.map { "{{\($0)}}" }.joined(separator: ", ")) is unfilled; f fills it."
    }
    return nil
  }

  /// Shows where the update goes, and exactly what goes there; nothing goes before that was seen.
  mutating func openSend(at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    guard !sheet.isDirty, let draft = sheet.draft else {
      shell.say("saving the text first; then Enter sends", at: now)
      comms.sheet?.isDirty = true
      return saveDraft(at: now)
    }
    let next = world.promise(of: sheet, at: now)
    if let next, next <= now {
      shell.say(
        "The next update is promised for \(next.minuteUTC(at: now)), which is past; f names a later time.",
        at: now,
        tone: .failed)
      return []
    }
    let promise =
      next.map {
        "Next update promised by \($0.minuteUTC(at: now)) (in \(($0 - now).whole)); it counts down on every screen."
      } ?? "No next update is promised."
    let errors = world.findings(of: sheet, at: now).filter { $0.mark == .error }.map(\.sentence)
    return open(
      .send(
        SendPanel(
          draft: draft, title: "send \(draft) to \(sheet.audience): “\(Inert.terminal(sheet.subject.text))”",
          text: "\(sheet.subject.text)\n\n\(sheet.text.text)", promise: promise, errors: errors,
          rows: world.sendRows(of: sheet, at: now))))
  }

  /// An approval that was still on its way when the panel was opened counts as soon as it is read.
  mutating func settleSend() {
    guard case .send(var panel) = shell.overlay,
      let draft = world.ledger.drafts.first(where: { $0.key == panel.draft })
    else { return }
    for index in panel.rows.indices {
      if let role = panel.rows[index].approval, draft.isApproved(as: role) {
        panel.rows[index].approval = nil
      }
    }
    shell.overlay = .send(panel)
  }

  mutating func submit(_ panel: SendPanel, at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet, sheet.draft == panel.draft else {
      shell.overlay = nil
      return []
    }
    let chosen = panel.chosen
    guard !chosen.isEmpty else {
      shell.overlay?.fail("Choose where it goes: Space on a row.")
      return []
    }
    let despite = panel.despite?.text.trimmed ?? ""
    if panel.despite != nil, despite.isEmpty {
      shell.overlay?.fail("The check finds errors; write why it goes out as it is, or correct it.")
      return []
    }
    if let role = chosen.compactMap(\.approval).first {
      shell.overlay?.fail("\(role) has to stand for this text first: Esc, then A.")
      return []
    }
    let hands = chosen.filter(\.isByHand).map(\.id)
    let parcels = chosen.flatMap(\.parcels)
    let outlets = world.guide(sheet.system)?.outlets ?? []
    let roles = chosen.compactMap { row in outlets.first { $0.destination.name == row.id }?.approval }
    let next = world.promise(of: sheet, at: now)
    let head = world.ledger.head.map { "\($0.count)·\($0.hash.prefix(8))" } ?? ""
    let update = MarkSent(
      panel.draft, revision: sheet.revision, destinations: hands, nextUpdate: next, head: head,
      check: world.check(of: sheet, at: now), despite: despite.isEmpty ? nil : despite,
      approvals: Set(roles).sorted())
    let promise = next.map { ", next by \($0.minuteUTC(at: now))" } ?? ""
    let going =
      parcels.isEmpty
      ? "" : "; \(chosen.filter { !$0.isByHand }.map(\.id).joined(separator: ", ")) on the way"
    let copied: [Effect] = hands.contains(World.clipboard) ? [.copy(panel.text)] : []
    let done = "sent to \(sheet.audience)\(promise)\(going)"
    if parcels.isEmpty {
      return copied
        + perform(update, on: sheet.key, done: done, next: .forget(draft: panel.draft), closing: true)
    }
    return copied
      + perform(
        SendUpdate(update, parcels: parcels), on: sheet.key, done: done, next: .forget(draft: panel.draft),
        closing: true)
  }

  // MARK: - Approval

  /// The role that one of the template's destinations asks for.
  var approvalAsked: String? {
    comms.sheet.flatMap { world.approval(of: $0) }
  }

  var whyNotApprove: String? {
    guard let sheet = comms.sheet else { return "No update is open." }
    let role = approvalAsked
    let draft = world.draft(of: sheet)
    if let done = draft?.approved, role.map({ draft?.isApproved(as: $0) ?? false }) ?? true {
      return "It was approved by \(done.by) at \(done.at.minuteUTC); another text needs another approval."
    }
    if let reason = whyNotSend { return reason }
    guard let role, let incident = world.ledger.incident(sheet.incident) else { return nil }
    let holder = incident.roles[role]
    if holder == world.options.handle { return nil }
    return holder.map { "\(role) is \($0), who approves this." }
      ?? "Nobody is \(role) of \(incident.key), who approves this; o on the incident gives the role."
  }

  mutating func approveDraft(at now: Instant) -> [Effect] {
    guard let sheet = comms.sheet else { return [] }
    guard !sheet.isDirty, let draft = sheet.draft else {
      shell.say("saving the text first; then A approves it", at: now)
      comms.sheet?.isDirty = true
      return saveDraft(at: now)
    }
    // What is on the screen is what was saved last, even where the ledger is not read that far yet.
    let bytes = Draft.approvedBytes(
      subject: sheet.subject.text, text: sheet.text.text, recipients: sheet.recipients)
    return perform(
      ApproveDraft(draft, revision: sheet.revision, textDigest: HexDigest.of(bytes), as: approvalAsked),
      on: sheet.key,
      done: "you stand for \(draft) as it is")
  }
}

extension World {
  func draft(of sheet: Sheet) -> Draft? { ledger.drafts.first { $0.key == sheet.draft } }

  /// The role that has to stand for the text, by the destinations that its template names.
  func approval(of sheet: Sheet) -> String? {
    let outlets = guide(sheet.system)?.outlets ?? []
    return destinations(of: sheet).lazy.compactMap { name in
      outlets.first { $0.destination.name == name }?.approval
    }.first
  }
}
