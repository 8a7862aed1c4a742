import Comms
import Desk
import Incidents
import Values

/// Makes what is owed to another house ready to go there.
package struct TicketParcels: Sendable {
  /// What a program of the folder's finds in its environment.
  static let prefix = "MIDWATCH_TICKET_"

  private let system: String
  private let source: TicketSource

  /// Nil where the folder tells nobody of its tickets.
  package init?(_ folder: SystemFolder) {
    guard let source = folder.tickets?.source, !source.calls.isEmpty else { return nil }
    system = folder.name
    self.source = source
  }

  package var name: String { source.name }

  /// Whether that house has a call for it; what it has none for stays here.
  package func takes(_ debt: TicketDebt) -> Bool { operation(for: debt) != nil }

  package var makesTickets: Bool { source.calls[.create] != nil }

  /// What the delivery of a debt is called.
  package static func delivery(of debt: String, to system: String) -> String {
    "\(system)/\(TicketSource.outlet)/\(debt)"
  }

  /// What tells that house one debt; nil when its folder does not say how.
  ///
  /// - Parameter comment: what was written, and by whom, when it is a comment.
  package func parcel(
    of debt: TicketDebt, on ticket: Ticket, comment: (text: String, by: String)?
  ) throws(Refusal) -> Parcel? {
    guard let id = ticket.external?.id, !id.isEmpty, let operation = operation(for: debt) else { return nil }
    var values = values(of: ticket)
    values["id"] = id
    values["key"] = debt.id
    values["public"] = debt.isPublic ? "true" : "false"
    values["internal"] = debt.isPublic ? "false" : "true"
    if debt.isComment {
      guard let comment else { return nil }
      values["text"] = comment.text
      values["by"] = comment.by
    } else if let value = debt.value {
      values[debt.what] = source.mapping.theirs(value, of: debt.what)
    }
    return try parcel(operation, values, key: debt.id, on: ticket)
  }

  /// What makes a ticket there of one that was opened here.
  package func creation(of ticket: Ticket, origin: String) throws(Refusal) -> Parcel? {
    guard makesTickets else { return nil }
    let key = "\(origin.prefix(12))-\(ticket.key)"
    var values = values(of: ticket)
    values["text"] = ticket.opened?.text ?? ""
    values["key"] = key
    return try parcel(.create, values, key: key, on: ticket)
  }

  private func values(of ticket: Ticket) -> [String: String] {
    let mapping = source.mapping
    return [
      "ticket": ticket.key, "subject": ticket.subject, "requester": ticket.requester,
      "state": mapping.theirs(ticket.state.rawValue, of: "state"),
      "assignee": mapping.theirs(ticket.assignee ?? "", of: "assignee"),
      "priority": mapping.theirs(ticket.priority.rawValue, of: "priority"),
      "severity": mapping.theirs(ticket.severity.rawValue, of: "severity"), "tenant": ticket.tenant ?? "",
    ]
  }

  private func operation(for debt: TicketDebt) -> TicketOperation? {
    let wanted: [TicketOperation]
    switch debt.what {
    case TicketDebt.comment: wanted = [debt.isPublic ? .comment : .note]
    case TicketField.assignee.rawValue: wanted = [.assign]
    case TicketField.state.rawValue:
      wanted = debt.value == TicketState.closed.rawValue ? [.close, .status] : [.status]
    default: wanted = []
    }
    return wanted.first { source.calls[$0] != nil }
  }

  private func parcel(
    _ operation: TicketOperation, _ values: [String: String], key: String, on ticket: Ticket
  ) throws(Refusal) -> Parcel? {
    guard let adapter = source.adapter, let call = source.calls[operation] else { return nil }
    var payload: DeliveryPayload
    // The words of a program are made when it is started: what is wrong with them stands at the delivery then, where
    // somebody sees it, and it goes once the folder is mended.
    let request =
      adapter == CommandTickets.self
      ? TicketRequest.run(words: [], input: values["text"] ?? "")
      : try adapter.request(TicketErrand(operation, values: values), by: call)
    switch request {
    case .http(let method, let path, let key, let body):
      payload = DeliveryPayload(.http, body: body ?? "")
      payload.method = method
      payload.path = path
      payload.headers = [.init("Content-Type", "application/json"), .init("Accept", "application/json")]
      if let key { payload.headers.append(.init("Idempotency-Key", key)) }
    case .run(_, let input):
      payload = DeliveryPayload(.run, body: input)
      payload.headers = values.filter { $0.key != "text" }.sorted { $0.key < $1.key }
        .map { .init(Self.prefix + $0.key.uppercased(), Inert.terminal(String($0.value.prefix(4096)))) }
    }
    payload.subject = operation.rawValue
    payload.id = values["id"]
    // To say twice what a field is does no harm; to say a comment twice does.
    let canRepeat = operation == .assign || operation == .status || operation == .close
    return try Parcel(
      payload, key: key, to: source.delivery.destination, of: system, ticket: ticket.key,
      knowsItsKey: source.knowsKeys || canRepeat, digest: HexDigest.of)
  }
}
