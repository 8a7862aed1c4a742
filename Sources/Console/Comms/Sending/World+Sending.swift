import Comms
import Incidents
import Systems
import Terminal
import Values

extension World {
  /// Where the update in hand can go: what its template names, chosen; then the folder's other deliveries; then the
  /// clipboard.
  func sendRows(of sheet: Sheet, at now: Instant) -> [SendRow] {
    let outlets = guide(sheet.system)?.outlets ?? []
    let wanted = destinations(of: sheet)
    var rows = wanted.map { name in
      outlets.first { $0.destination.name == name }.map { row($0, of: sheet, isChosen: true, at: now) }
        ?? SendRow(
          id: name, kind: "by hand", shown: "", approval: nil,
          way: .hand("no delivery of that name here"), isChosen: true)
    }
    for outlet in outlets where !wanted.contains(outlet.destination.name) {
      rows.append(row(outlet, of: sheet, isChosen: false, at: now))
    }
    if !rows.contains(where: { $0.id == Self.clipboard }) {
      rows.append(
        SendRow(
          id: Self.clipboard, kind: "by hand", shown: "", approval: nil,
          way: .hand("copied when it is sent"), isChosen: false))
    }
    return rows
  }

  /// What the console itself copies to.
  static let clipboard = "clipboard"

  private func row(_ outlet: Guide.Outlet, of sheet: Sheet, isChosen: Bool, at now: Instant) -> SendRow {
    let destination = outlet.destination
    func made(_ way: SendRow.Way) -> SendRow {
      let isRefused = if case .refused = way { true } else { false }
      return SendRow(
        id: destination.name, kind: destination.kind, shown: Inert.terminal(destination.shown),
        approval: outlet.approval.flatMap { draft(of: sheet)?.isApproved(as: $0) == true ? nil : $0 },
        way: way, isChosen: isChosen && !isRefused)
    }
    guard isTrusted(sheet.system) else { return made(.hand("the folder is not trusted")) }
    guard let kind = DeliveryKinds.named(destination.kind) else {
      return made(.hand("this midwatch sends nothing of that kind"))
    }
    var parcels: [Parcel] = []
    var payloads: [DeliveryPayload] = []
    do throws(Refusal) {
      for copy in sheet.copies {
        let message = message(of: sheet, copy, to: destination.name, at: now)
        payloads.append(try kind.payload(of: message, to: destination))
        parcels.append(
          try Parcel(message, to: destination, by: kind, draft: sheet.draft, digest: HexDigest.of))
      }
      return made(.delivery(parcels, payloads))
    } catch {
      return made(.refused(error.sentence))
    }
  }

  /// What the update says, whatever the destination; the same as long as neither journal nor text changes.
  private func message(
    of sheet: Sheet, _ copy: Sheet.Copy, to destination: String?, at now: Instant
  ) -> DeliveryMessage {
    let incident = ledger.incident(sheet.incident)
    let before = ledger.deliveries.filter {
      $0.incident == sheet.incident && sheet.incident != nil && $0.system == sheet.system
        && $0.to == destination
        && $0.draft != nil
    }
    let parts = [
      ledger.head?.name ?? "", ledger.head?.hash ?? "", sheet.draft ?? "", "\(sheet.revision)", sheet.whole,
      copy.recipient ?? "",
    ]
    let earlier = before.compactMap { record in ledger.drafts.first { $0.key == record.draft } }
      .compactMap { draft in
        draft.sent.map {
          DeliveryMessage.Earlier(at: $0.at, stage: draft.stage, subject: draft.subject, text: draft.text)
        }
      }
      .sorted { $0.at < $1.at }
    return DeliveryMessage(
      key: String(HexDigest.of(Array(parts.joined(separator: "\n").utf8)).prefix(16)), occasion: .update,
      system: sheet.system, incident: sheet.incident, title: incident?.title ?? sheet.subject.text,
      severity: incident?.severity, stage: sheet.stage, audience: sheet.audience, subject: copy.subject,
      text: copy.text, impact: incident?.impact, affected: incident?.affected ?? [],
      started: incident?.started, nextUpdate: promise(of: sheet, at: now),
      window: DeliveryMessage.window(sheet.stage, fields: sheet.answers, at: now), at: now,
      remoteID: sheet.incident.flatMap { remoteID(of: $0, system: sheet.system, to: destination ?? "") },
      earlier: earlier, recipient: copy.recipient, origin: incident?.origin,
      name: DeliveryMessage.name(of: incident, earlier: earlier, subject: copy.subject, at: now))
  }
}
