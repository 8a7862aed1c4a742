internal import Wire

/// Which name goes into the TLS handshake and the `Host` header, and which address is connected to.
///
/// libcurl takes the TLS name from the URL, so another server name means another URL, and the connection
/// is led back to where the request wanted to go.
struct Route: Equatable {
  var url: String
  /// A line for libcurl's CONNECT_TO: `host:port:address:port`. Unlike RESOLVE it stays with this request.
  var connect: String?
  /// The `Host` header, where the URL no longer says it.
  var hostHeader: String?

  init(_ request: Request, origin: Origin) {
    url = request.revealedURL
    var target = origin.host
    if let address = Self.address(in: request.resolve, for: origin) {
      target = address
      connect = "\(origin.host):\(origin.port):\(address):\(origin.port)"
    }
    guard let name = request.tls.serverName, !name.isEmpty, origin.scheme == "https", name != origin.host,
      let renamed = WebAddress.replacingHost(of: request.revealedURL, by: name)
    else { return }
    url = renamed
    connect = "\(name):\(origin.port):\(target):\(origin.port)"
    hostHeader = origin.port == "443" ? origin.host : origin.authority
  }

  /// The address of a `host:port:address`, when host and port are the request's. IPv6 in brackets.
  private static func address(in resolve: String?, for origin: Origin) -> String? {
    guard let resolve, resolve.lowercased().hasPrefix(origin.authority + ":") else { return nil }
    let address = resolve.dropFirst(origin.authority.count + 1)
    guard !address.isEmpty else { return nil }
    return address.contains(":") && !address.hasPrefix("[") ? "[\(address)]" : String(address)
  }
}
