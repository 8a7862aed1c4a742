/// What a kind's own key holds, and so how its destination is reached.
package enum DeliveryPlace: Equatable, Sendable {
  /// An address of HTTP. A payload's path goes behind it.
  case address
  /// The id of a page of a service at `root`, which the key `url` can replace: `root + before + id + path`.
  case page(root: String, before: String)
  /// A key that lets in to a service at `root`, which the key `url` can replace. It is the body's first member.
  case key(root: String, member: String)
  /// `host` or `host:port` of a mail server.
  case mailServer
  /// A path of a file; relative ones begin in the system's folder.
  case file
  /// The same of a folder.
  case folder
  /// A program and its arguments.
  case words
  /// How the clipboard is reached: `auto`.
  case clipboard
}

/// What may stand beside a kind's own key. `approval` may always.
package struct DeliveryKeys: OptionSet, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Where the service is, when it is not where everybody's is.
  package static let url = DeliveryKeys(rawValue: 1 << 0)
  package static let token = DeliveryKeys(rawValue: 1 << 1)
  package static let bearer = DeliveryKeys(rawValue: 1 << 2)
  /// `user` and `password`.
  package static let login = DeliveryKeys(rawValue: 1 << 3)
  package static let method = DeliveryKeys(rawValue: 1 << 4)
  package static let headers = DeliveryKeys(rawValue: 1 << 5)
  package static let json = DeliveryKeys(rawValue: 1 << 6)
  package static let notify = DeliveryKeys(rawValue: 1 << 7)
  package static let components = DeliveryKeys(rawValue: 1 << 8)
  /// `from`, `to`, `cc` and `bcc`.
  package static let people = DeliveryKeys(rawValue: 1 << 9)
  /// `tls`: starttls, always or never.
  package static let encryption = DeliveryKeys(rawValue: 1 << 10)
  /// `on`: it may go by itself.
  package static let on = DeliveryKeys(rawValue: 1 << 11)
  /// `timeout`, `ca`, `verify`.
  package static let network = DeliveryKeys(rawValue: 1 << 12)
  package static let timeout = DeliveryKeys(rawValue: 1 << 13)
}
