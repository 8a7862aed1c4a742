internal import CTransfer

/// What was wrong with the certificate or the handshake.
extension Circumstances {
  var tlsReason: String {
    switch code {
    case CURLE_SSL_CACERT_BADFILE: return "certificate: the CA file cannot be read"
    case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CLIENTCERT:
      return "certificate: our client certificate or its key cannot be used"
    case CURLE_PEER_FAILED_VERIFICATION:
      // libcurl compares the names itself, after OpenSSL found the chain good (and leaves 0 or 1).
      return [0, 1, 62].contains(verification)
        ? "certificate: not for the name \(host)" : "certificate: \(Self.verificationText(verification))"
    default: break
    }
    if message.contains("wrong version number") || message.contains("http request") {
      return "TLS: \(authority) does not speak it"
    }
    // 1 is what it says before there was a certificate to look at.
    if verification > 1 { return "certificate: \(Self.verificationText(verification))" }
    // The last piece of OpenSSL's `error:0A000126:SSL routines::unexpected eof while reading`.
    guard let start = message.range(ofLast: "SSL routines::") else {
      return "TLS: \(authority) broke off the handshake"
    }
    let why = message[start...].prefix { $0 != "," && $0 != "(" }
    return "TLS: \(why.trimmingSpaces)"
  }

  /// OpenSSL's numbers (x509_vfy.h), in the words of the field.
  static func verificationText(_ number: Int) -> String {
    switch number {
    case 9: "not yet valid"
    case 10: "expired"
    case 18: "self-signed certificate"
    case 19: "self-signed certificate in the chain"
    case 20, 21, 2: "issuer unknown"
    case 23: "revoked"
    case 24, 79: "an issuer that may not issue"
    case 26: "not for servers"
    case 66, 67, 68: "key or signature too weak"
    default: "not to be trusted (OpenSSL \(number))"
    }
  }
}

extension String {
  /// Where the last occurrence of `piece` ends.
  fileprivate func range(ofLast piece: String) -> Index? {
    var end: Index?
    var rest = self[...]
    while let range = rest.firstRange(of: piece) {
      end = range.upperBound
      rest = rest[range.upperBound...]
    }
    return end
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest = rest.dropLast() }
    return rest
  }
}
