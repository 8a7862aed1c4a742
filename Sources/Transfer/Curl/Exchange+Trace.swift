internal import CTransfer
internal import Values
internal import Wire

/// What a traced exchange writes down.
extension Exchange {
  func hop(status: Int, address: String, phases: Phases) -> Hop {
    Hop(
      method: request.method, url: shownURL, address: address,
      sent: Self.headers(in: sentText).map(masked), status: status,
      received: HeaderBlock(text: headerText).headers.map(\.masked), phases: phases, session: session)
  }

  /// Short secrets are masked by where they stand, for nothing else is masked for looking like them.
  private func masked(_ header: Header) -> Header {
    let isConfidential = request.confidential.headers.keys.contains {
      $0.lowercased() == header.name.lowercased()
    }
    return isConfidential ? Header(header.name, Secret.mask) : header.masked
  }

  /// The URL that was asked for, without user and password, and without secrets.
  var shownURL: String {
    guard request.confidential.url != nil else { return address.shown }
    return (try? WebAddress(request.url))?.shown ?? Secret.mask
  }

  private var session: TLSSession? {
    guard origin.scheme == "https" else { return nil }
    let chain = Certificate.chain(of: handle)
    guard !chain.isEmpty || !agreed.isEmpty else { return nil }
    let words = agreed.split(separator: "/").map { $0.filter { $0 != " " } }
    let version = words.first.map { $0.hasPrefix("TLSv") ? "TLS \($0.dropFirst(4))" : $0 } ?? ""
    return TLSSession(version: version, cipher: words.dropFirst().first ?? "", chain: chain)
  }

  /// The header lines of the last request in `text`; its first line is none.
  private static func headers(in text: [UInt8]) -> [Header] {
    let lines = text.split(separator: UInt8(ascii: "\n")).map { $0.filter { $0 != UInt8(ascii: "\r") } }
    return lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return nil }
      let value = line[colon...].dropFirst().drop { $0 == UInt8(ascii: " ") }
      return Header(String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
  }
}

extension Certificate {
  /// The chain of the connection as libcurl prints it, leaf first; empty for a connection used again.
  static func chain(of handle: UnsafeMutableRawPointer) -> [Certificate] {
    var chain: [Certificate] = []
    var index: Int32 = 0
    while let first = ctransfer_get_certificate(handle, index) {
      var fields: [String: String] = [:]
      var field: UnsafePointer<curl_slist>? = first
      while let current = field {
        if let data = current.pointee.data {
          let text = String(cString: data)
          if let colon = text.firstIndex(of: ":") {
            fields[String(text[..<colon])] = String(text[colon...].dropFirst())
          }
        }
        field = UnsafePointer(current.pointee.next)
      }
      chain.append(Certificate(fields))
      index += 1
    }
    return chain
  }

  /// - Parameter fields: `Subject`, `Issuer`, `Start date`, `Expire date`, `X509v3 Subject Alternative Name`.
  init(_ fields: [String: String]) {
    func instant(_ name: String) -> Instant {
      CertificateMemory.expiry(in: "Expire date:\(fields[name] ?? "")") ?? Instant(milliseconds: 0)
    }
    let names = (fields["X509v3 Subject Alternative Name"] ?? "").split(separator: ",").map { piece in
      let name = piece.drop { $0 == " " }
      return String(name.firstIndex(of: ":").map { name[$0...].dropFirst() } ?? name)
    }
    self.init(
      subject: Inert.terminal(fields["Subject"] ?? ""), issuer: Inert.terminal(fields["Issuer"] ?? ""),
      names: names.map { Inert.terminal($0) }, begins: instant("Start date"), expires: instant("Expire date"))
  }
}
