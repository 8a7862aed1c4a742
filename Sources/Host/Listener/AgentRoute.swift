import Serving
import Values

/// What somebody wants of the agent's listener.
package enum AgentRoute: Equatable, Sendable {
  case metrics(isOpenMetrics: Bool)
  case health
  case push(PushPlace)
  /// Says what there is.
  case index
  case refused(HTTPRefusal)

  package init(_ request: HTTPRequest) {
    let path = request.target.prefix { $0 != "?" }
    let isReading = request.method == "GET" || request.method == "HEAD"
    switch path {
    case "/metrics", "/healthz", "/":
      guard isReading else {
        self = .refused(HTTPRefusal(405, "\(path) is only read: use GET."))
        return
      }
      let accepted = request.header("accept")?.contains("application/openmetrics-text") ?? false
      self = path == "/metrics" ? .metrics(isOpenMetrics: accepted) : path == "/" ? .index : .health
    case _ where path.hasPrefix("/push/"): self = Self.push(path.dropFirst(6), request)
    default:
      self = .refused(
        HTTPRefusal(404, "There is no such page; there are /metrics, /healthz and /push/SYSTEM/ENDPOINT."))
    }
  }

  private static func push(_ path: Substring, _ request: HTTPRequest) -> AgentRoute {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(decoded)
    guard parts.count == 2, let system = parts.first ?? nil, let endpoint = parts.last ?? nil,
      !system.isEmpty,
      !endpoint.isEmpty
    else { return .refused(HTTPRefusal(404, "Something is pushed to /push/SYSTEM/ENDPOINT.")) }
    guard request.method == "POST" || request.method == "PUT" else {
      return .refused(HTTPRefusal(405, "Something is pushed with POST or PUT."))
    }
    // A page in a browser on this machine could push, too; programs do not say where they come from.
    guard request.header("origin") == nil else {
      return .refused(HTTPRefusal(403, "Nothing is taken from a web page."))
    }
    return .push(PushPlace(system: system, endpoint: endpoint))
  }

  /// Without its percent signs; nil when they stand for nothing.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16),
        digits.first != UInt8(ascii: "+")
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension AgentRoute {
  /// The token of a request that pushes.
  package static func bearer(of request: HTTPRequest) -> PushGate.Bearer {
    guard let value = request.header("authorization") else { return .none }
    let words = value.split(separator: " ", maxSplits: 1)
    guard words.count == 2, let scheme = words.first, scheme.lowercased() == "bearer", let token = words.last
    else { return .none }
    return .token(String(token))
  }
}
