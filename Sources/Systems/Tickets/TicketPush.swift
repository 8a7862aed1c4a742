import Comms
import Desk
import Incidents
import JSON
import Values

/// How another house is told of a ticket, as a delivery: with the same states, the same patience, and a receipt.
package enum TicketPush<Adapter: TicketAdapter>: DeliveryKind {
  package static var name: String { TicketPushes.name(of: Adapter.name) }
  /// Whether it does depends on the house; its folder says so, and the record has it.
  package static var knowsItsKey: Bool { false }
  package static var place: DeliveryPlace { Adapter.name == CommandTickets.name ? .words : .address }

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    throw Refusal("A source of tickets takes what is written on tickets, and no updates.")
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    switch answer {
    case .http(let status, let after, let body):
      let read = TicketAnswer.http(status: status, type: "application/json", body: Array(body.utf8))
      switch Adapter.document(read) {
      case .success(let document): return taken(document, payload, "It answers \(status)")
      case .failure(let failure): return verdict(failure, after: after)
      }
    case .done(let words):
      let document = (try? JSONValue.read(Array(words.utf8)).get()) ?? .null
      return taken(document, payload, words)
    case .refused(let reason): return .failed(reason: reason)
    case .unsent(let reason): return .again(reason: reason, after: nil)
    case .unheard(let reason): return .unknown(reason: reason)
    case .mail: return .unknown(reason: "What came back is an answer of a mail server.")
    }
  }

  private static func taken(
    _ document: JSONValue, _ payload: DeliveryPayload, _ receipt: String
  ) -> DeliveryVerdict {
    let places = ["id", "commentId", "comment.id", "ticketId", "ticket.id"]
    let isCreation = payload.subject == TicketOperation.create.rawValue
    let order = isCreation ? ["ticketId", "ticket.id", "id"] : places
    let id = document.string ?? order.lazy.compactMap { document.at($0)?.plainText }.first
    let known = id.flatMap { (1...256).contains($0.utf8.count) && $0.hasWords ? $0 : nil }
    // The id of the ticket is no name of a comment.
    let remote = isCreation || known != payload.id ? known : nil
    if isCreation, remote == nil {
      return .unknown(reason: "It took the ticket and does not say what it calls it.")
    }
    return .sent(receipt: Inert.terminal(receipt), remoteID: remote)
  }

  private static func verdict(_ failure: TicketFailure, after: Span?) -> DeliveryVerdict {
    switch failure.kind {
    case .passing: .again(reason: "The other house: \(failure.reason).", after: after)
    case .lasting: .failed(reason: "The other house: \(failure.reason).")
    case .unknown: .unknown(reason: "The other house: \(failure.reason).")
    }
  }
}

package enum TicketPushes {
  static func name(of adapter: String) -> String { "tickets by \(adapter)" }

  static func kind<Adapter: TicketAdapter>(of adapter: Adapter.Type) -> any DeliveryKind.Type {
    TicketPush<Adapter>.self
  }

  static var all: [any DeliveryKind.Type] { TicketAdapters.all.map { kind(of: $0) } }
}

extension DeliveryKinds {
  /// Those under `deliveries`, and those of sources of tickets.
  package static func known(_ name: String) -> (any DeliveryKind.Type)? {
    named(name) ?? TicketPushes.all.first { $0.name == name }
  }
}

extension SystemFolder {
  /// One of its deliveries, or its source of tickets.
  package func outlet(_ name: String) -> Delivery? {
    name == TicketSource.outlet ? tickets?.source?.delivery : delivery(name)
  }
}

extension Delivery {
  /// The words that a payload of the way `run` is started with: its program is the folder's, its values are the
  /// payload's.
  package func words(for payload: DeliveryPayload) throws(Refusal) -> [String] {
    guard !calls.isEmpty else { return command }
    guard let operation = TicketOperation(rawValue: payload.subject), let call = calls[operation] else {
      throw Refusal("Its folder does not say any more how that is done.")
    }
    var values = ["text": payload.body]
    for header in payload.headers where header.name.hasPrefix(TicketParcels.prefix) {
      values[header.name.dropFirst(TicketParcels.prefix.count).lowercased()] = header.value
    }
    let request = try CommandTickets.request(TicketErrand(operation, values: values), by: call)
    guard case .run(let words, _) = request else { return [] }
    return words
  }
}
