import Values

/// What a person wants to know of a session, a fact a line: `expect:` can ask for any of them.
extension TLSSession: CustomStringConvertible {
  package var description: String {
    var lines = ["version \(version)", "cipher \(cipher)"]
    for certificate in chain {
      lines += [
        "subject \(certificate.subject)", "issuer \(certificate.issuer)",
        "names \(certificate.names.joined(separator: ", "))", "serial \(certificate.serial)",
        "sha256 \(certificate.fingerprint)",
      ]
    }
    return lines.joined(separator: "\n")
  }
}
