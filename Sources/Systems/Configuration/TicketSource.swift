import Comms
import Desk
import Incidents
import Values

/// Where a folder's tickets come from and go to.
package struct TicketSource: Hashable, Sendable {
  /// Names that house in events: with the id there it makes a ticket one.
  package let name: String
  /// ``TicketAdapter/name``.
  package let kind: String
  package internal(set) var every = Span.minutes(2)
  package internal(set) var mapping = ExchangeMapping.ours
  /// The words of the program that prints the list.
  package internal(set) var command: [String] = []
  package internal(set) var address = SecretText(parts: [])
  package internal(set) var bearer: SecretText?
  package internal(set) var headers: [Delivery.Header] = []
  package internal(set) var ca: String?
  package internal(set) var verifies = true
  package internal(set) var timeout = Span.seconds(30)
  /// A path, or the name of a function; nil: nothing is listed.
  package internal(set) var list: String?
  /// Where a document says what comes next.
  package internal(set) var next: String?
  package internal(set) var calls: [TicketOperation: TicketCall] = [:]
  /// Whether the same key twice is done once there.
  package internal(set) var knowsKeys = false

  init(name: String, kind: String) {
    self.name = name
    self.kind = kind
  }

  package var adapter: (any TicketAdapter.Type)? { TicketAdapters.named(kind) }

  /// What its deliveries are called, beside those under `deliveries`.
  package static let outlet = "source of tickets"

  /// Where it is, as it may be shown.
  package var shown: String {
    kind == CommandTickets.name ? command.joined(separator: " ") : address.description
  }

  /// The way there, as what goes out needs it.
  package var delivery: Delivery {
    let kind = TicketPushes.name(of: kind)
    var delivery = Delivery(
      name: Self.outlet, kind: kind, destination: Destination(name: Self.outlet, kind: kind, shown: shown),
      address: address)
    delivery.command = command
    delivery.bearer = bearer
    delivery.headers = headers
    delivery.ca = ca
    delivery.verifies = verifies
    delivery.timeout = timeout
    delivery.calls = calls
    return delivery
  }

  package var secretNames: [String] { delivery.secretNames }
}
