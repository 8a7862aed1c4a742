import Values

/// What was agreed in a TLS handshake, and what the server showed.
package struct TLSSession: Hashable, Codable, Sendable {
  /// `TLS 1.3`.
  package var version: String
  /// `TLS_AES_256_GCM_SHA384`.
  package var cipher: String
  /// As the server sent it: its own certificate first.
  package var chain: [Certificate]
  /// When the first certificate expires of the chain that was found to lead to a CA of ours, that CA's own
  /// included; nil where none does.
  package var trustedUntil: Instant?

  package init(version: String = "", cipher: String = "", chain: [Certificate] = []) {
    self.version = version
    self.cipher = cipher
    self.chain = chain
  }

  /// Of the first certificate of the chain that expires.
  package var earliestExpiry: Instant? { chain.map(\.expires).min() }
}

/// What a certificate says of itself.
package struct Certificate: Hashable, Codable, Sendable {
  /// `CN=api.internal`.
  package var subject: String
  package var issuer: String
  /// Subject alternative names, as they stand there: host names and addresses.
  package var names: [String]
  package var begins: Instant
  package var expires: Instant
  /// SHA-256 of the certificate, in lower-case hexadecimal; empty when not known.
  package var fingerprint: String
  /// In lower-case hexadecimal; empty when not known.
  package var serial: String

  package init(
    subject: String, issuer: String, names: [String], begins: Instant, expires: Instant,
    fingerprint: String = "", serial: String = ""
  ) {
    self.subject = subject
    self.issuer = issuer
    self.names = names
    self.begins = begins
    self.expires = expires
    self.fingerprint = fingerprint
    self.serial = serial
  }
}
