import Values

/// A conversation on a TCP connection: what to say, and what to wait for.
package struct StreamRequest: Hashable, Sendable {
  /// When TLS begins.
  package enum Security: Hashable, Sendable {
    case none
    /// With the first byte.
    case immediate
    /// After the protocol's own request for it.
    case startTLS(Upgrade)
  }

  /// Protocols that begin in the clear and are asked for TLS.
  package enum Upgrade: String, Hashable, Sendable, CaseIterable {
    case smtp, imap, pop3, ftp, postgres, mysql, ldap
  }

  /// One thing to do once the connection (and TLS, if any) stands.
  package enum Step: Hashable, Sendable {
    case send([UInt8])
    /// Reads until this has come; what follows it is for the next step.
    case await([UInt8])
  }

  /// What is read after the last step.
  package enum Reading: Hashable, Sendable {
    case nothing
    /// Until the answer holds all of these; else it ends with the connection, the limit or the timeout.
    case until([[UInt8]])
    /// Until nothing came for a moment, see ``StreamRequest/lull``, or as above.
    case untilQuiet
  }

  package var host: String
  package var port: UInt16
  package var security = Security.none
  package var tls = Request.TLS()
  package var family = Request.Family.any
  package var timeout = Span.seconds(10)
  package var steps: [Step] = []
  package var reading = Reading.nothing
  /// Bytes of the answer that are kept.
  package var bodyLimit = 64 << 10

  /// After so long without a byte an answer that began is over.
  package static let lull = Span.milliseconds(250)

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }
}
