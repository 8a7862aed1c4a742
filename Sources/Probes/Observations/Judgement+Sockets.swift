internal import Metrics
internal import Values
internal import Wire

/// Blackbox exporter's series of what is probed on a socket.
extension Judgement {
  /// Whether something that was asked of the body is not so.
  var isBodyUnexpected: Bool {
    zip(expected, assertions).contains { $0.subject.aspect == .body && !$1.passed }
  }

  /// How long the name took, and over which version of IP we went; 0 when it did not come so far.
  mutating func reportAddress() {
    report("probe_dns_lookup_time_seconds", phases.resolve)
    report("probe_ip_protocol", address.isEmpty ? 0 : Self.isVersion6(address) ? 6 : 4)
  }

  /// What was agreed and shown, of a handshake that failed as well.
  mutating func reportTLS() {
    guard let session else { return }
    if let until = session.trustedUntil {
      report("probe_ssl_last_chain_expiry_timestamp_seconds", until.seconds)
    }
    if let leaf = session.chain.first {
      inform(
        "probe_ssl_last_chain_info",
        [
          "fingerprint_sha256": leaf.fingerprint, "subject": leaf.subject, "issuer": leaf.issuer,
          "subjectalternative": leaf.names.filter(Self.isHostName).joined(separator: ","),
          "serialnumber": leaf.serial,
        ])
    }
    if !session.version.isEmpty { inform("probe_tls_version_info", ["version": session.version]) }
    if !session.cipher.isEmpty { inform("probe_tls_cipher_info", ["cipher": session.cipher]) }
  }

  private mutating func inform(_ name: String, _ labels: [String: String]) {
    samples.append(Sample(Labels(labels.merging([.metricName: name]) { own, _ in own }), 1))
  }

  /// Blackbox exporter counts neither addresses nor mailboxes nor URIs among a certificate's names.
  private static func isHostName(_ name: String) -> Bool {
    let isAddress4 = name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
    return !isAddress4 && !name.contains("@") && !name.contains(":")
  }

  /// `[::1]:53`, `::1`.
  private static func isVersion6(_ address: String) -> Bool {
    address.hasPrefix("[") || HostAndPort.isAddress6(address)
  }
}
