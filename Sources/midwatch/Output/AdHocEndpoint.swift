import Incidents
import Probes
import Values

/// An endpoint that is in no folder: an address on the command line.
enum AdHocEndpoint {
  /// Nil when `target` is no address but a name.
  ///
  /// Throws a sentence for an address of a kind that cannot be probed like this.
  static func endpoint(_ target: String) throws -> Endpoint? {
    guard let colon = target.firstRange(of: "://") else { return nil }
    let scheme = target[..<colon.lowerBound].lowercased()
    var rest = String(target[colon.upperBound...])
    guard !rest.isEmpty else { throw Refusal("\(Inert.terminal(target)) names no host.") }
    let kind: Kind? =
      switch scheme {
      case "http", "https": .http
      case "tcp": .tcp
      case "tls": .tls
      case "dns": .dns
      case "icmp": .icmp
      default: nil
      }
    guard let kind else {
      throw Refusal(
        "\(Inert.terminal(scheme))://… cannot be probed; write http, https, tcp, tls, dns or icmp before it.")
    }
    if kind == .tcp || kind == .tls, rest.split(separator: ":").last.flatMap({ UInt16($0) }) == nil {
      throw Refusal("\(Inert.terminal(target)) names no port; write \(scheme)://HOST:PORT.")
    }
    // As a URL writes an IPv6 address.
    if kind == .icmp, rest.hasPrefix("["), rest.hasSuffix("]") { rest = String(rest.dropFirst().dropLast()) }
    let endpoint = Endpoint(name: target, kind: kind, target: kind == .http ? target : rest)
    if let reason = endpoint.heldBack {
      throw Refusal("\(reason.prefix(1).uppercased() + reason.dropFirst()).")
    }
    return endpoint
  }
}
