import Values

/// A mail to hand to a server, as a value.
package struct MailRequest: Hashable, Sendable {
  package enum Encryption: String, Hashable, Sendable {
    /// Nothing is said before the connection is one of TLS (RFC 3207).
    case startTLS
    /// From the first byte (RFC 8314).
    case always
    case never
  }

  package struct Login: Hashable, Sendable {
    package let user: String
    package let password: Secret

    package init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }

  /// `mail.example.test`, `127.0.0.1`, `::1`.
  package var host: String
  package var port: Int
  package var encryption = Encryption.startTLS
  package var login: Login?
  /// `ops@example.com`, without brackets.
  package var sender: String
  package var recipients: [String]
  /// Headers and text; its lines end in CR LF.
  package var message: [UInt8]
  package var timeout = Span.seconds(30)
  package var tls = Request.TLS()

  package init(host: String, port: Int, sender: String, recipients: [String], message: [UInt8]) {
    self.host = host
    self.port = port
    self.sender = sender
    self.recipients = recipients
    self.message = message
  }
}

/// What became of a mail.
package enum MailOutcome: Hashable, Sendable {
  /// The last line of the server's that said yes or no to it, with its three digits.
  case answered(code: Int, line: String)
  /// The server cannot have it: it was not given the whole.
  case notSent(reason: String)
  /// It was given the whole, and said neither yes nor no.
  case unheard(reason: String)
}
