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
  package enum Upgrade: String, Hashable, Sendable, CaseIterable { case smtp, imap, pop3, ftp, postgres }

  package var host: String
  package var port: UInt16
  package var security = Security.none
  package var tls = Request.TLS()
  package var family = Request.Family.any
  package var timeout = Span.seconds(10)
  /// Sent once the connection (and TLS, if any) stands.
  package var send: [UInt8]?
  /// Whether anything is to be read at all; else it is over once connected.
  package var isRead = false
  /// Reading ends as soon as the answer holds all of these; else with the connection, the limit or the timeout.
  package var marks: [[UInt8]] = []
  /// Bytes of the answer that are kept.
  package var bodyLimit = 64 << 10

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }
}
