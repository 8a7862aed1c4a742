import Values

/// An HTTP request as a value: what a probe or a delivery wants sent. Transfer performs it.
package struct Request: Hashable, Sendable {
  package enum Authorization: Hashable, Sendable {
    case basic(user: String, password: Secret)
    case bearer(Secret)

    package var secret: Secret {
      switch self {
      case .basic(_, let secret), .bearer(let secret): secret
      }
    }
  }

  package enum Family: String, Hashable, Sendable { case any, v4, v6 }
  package enum Version: String, Hashable, Sendable { case any, http1, http2 }

  package struct TLS: Hashable, Sendable {
    package var ca: String?
    package var certificate: String?
    package var key: String?
    package var serverName: String?
    package var verify = true

    package init() {}
  }

  package var method = "GET"
  package var url: String
  package var headers: [Header] = []
  package var body: [UInt8]?
  /// What of it holds secrets.
  package var confidential = Confidential()
  package var authorization: Authorization?
  package var timeout = Span.seconds(10)
  /// Bytes of the body that are kept; one more ends the transfer with ``Failure/tooLarge``.
  package var bodyLimit = 8 << 20
  /// Redirects followed at most; 0 follows none and returns the redirect itself.
  package var redirects = 10
  package var tls = TLS()
  package var family = Family.any
  package var version = Version.any
  /// `host:port:address`, as curl's `--resolve`.
  package var resolve: String?
  package var proxy: String?
  /// Hosts that are asked without the proxy: names, which hold for what ends in them, addresses and networks.
  package var noProxy: [String] = []
  /// A fresh connection for each request, so that its phases are measured each time.
  package var freshConnection = false
  /// Whether each hop is written down, see ``Response/hops``.
  package var isTraced = false

  package init(url: String) {
    self.url = url
  }
}

extension Header {
  /// Whether `text` can be a header's name, or a method (RFC 9110, section 5.6.2).
  package static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}

/// One header line. Names compare without case.
package struct Header: Hashable, Codable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
