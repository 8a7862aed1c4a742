import Values

/// One request of a trace and what came of it: a transfer makes one for each address that it was led to.
package struct Hop: Hashable, Codable, Sendable {
  package var method: String
  /// Without user and password.
  package var url: String
  /// `127.0.0.1:8080`; empty when nobody answered.
  package var address: String
  /// As they were sent; what lets somebody in is masked.
  package var sent: [Header]
  /// 0 when no answer came.
  package var status: Int
  package var received: [Header]
  package var phases: Phases
  /// Nil without TLS.
  package var session: TLSSession?

  package init(
    method: String, url: String, address: String = "", sent: [Header] = [], status: Int = 0,
    received: [Header] = [], phases: Phases = Phases(), session: TLSSession? = nil
  ) {
    self.method = method
    self.url = url
    self.address = address
    self.sent = sent
    self.status = status
    self.received = received
    self.phases = phases
    self.session = session
  }
}

extension Header {
  /// Names whose values let somebody in.
  private static let confidential: Set<String> = [
    "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token",
    "x-access-token", "x-firebase-appcheck",
  ]

  /// The same with a mask for its value where the value lets somebody in.
  package var masked: Header {
    Self.confidential.contains(name.lowercased()) ? Header(name, Secret.mask) : self
  }
}
