import Comms
import Desk
import Values

/// Where updates can go. Nothing is sent before the folder is trusted.
package struct Delivery: Hashable, Sendable {
  /// How a mail server is spoken to.
  package enum Encryption: String, CaseIterable, Sendable {
    /// In the open first, then by STARTTLS, and not at all without it.
    case starttls
    /// From the first byte.
    case always
    /// Never: for a server on this machine.
    case never
  }

  /// A header of a request of a webhook.
  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: SecretText
  }

  package let name: String
  /// ``DeliveryKind/name``.
  package let kind: String
  /// What payloads are made from, and what may be shown.
  package let destination: Destination
  /// What stands behind the kind's key: an address, an id, a key, a path. Empty: it is off.
  package let address: SecretText
  /// The words of a command; empty for other kinds.
  package internal(set) var command: [String] = []
  /// Where the service is, when it is not where everybody's is.
  package internal(set) var url: String?
  package internal(set) var token: SecretText?
  package internal(set) var bearer: SecretText?
  package internal(set) var user: SecretText?
  package internal(set) var password: SecretText?
  package internal(set) var headers: [Header] = []
  package internal(set) var encryption = Encryption.starttls
  /// Own certificate authorities, by path.
  package internal(set) var ca: String?
  /// Whether the server's certificate is checked.
  package internal(set) var verifies = true
  /// Of one try.
  package internal(set) var timeout = Span.seconds(30)
  /// The role that must approve.
  package internal(set) var approval: String?
  /// Goes by itself for alerts of this level and louder.
  package internal(set) var on: Level?
  /// How another house is told of tickets.
  package internal(set) var calls: [TicketOperation: TicketCall] = [:]

  init(name: String, kind: String, destination: Destination, address: SecretText) {
    self.name = name
    self.kind = kind
    self.destination = destination
    self.address = address
  }

  /// Its destination is empty, as `${NOVA_PAGE:-}` is where nobody set it.
  package var isOff: Bool { address.isEmpty && command.isEmpty }

  /// Every text of it in which a secret can stand.
  var texts: [SecretText] {
    [address, token, bearer, user, password].compactMap { $0 } + headers.map(\.value)
  }

  /// The names of the secrets that it uses.
  package var secretNames: [String] {
    var seen: Set<String> = []
    return texts.flatMap(\.names).filter { seen.insert($0).inserted }
  }
}
