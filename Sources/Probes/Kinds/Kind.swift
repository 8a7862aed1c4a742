internal import Values
internal import Wire

/// What an endpoint is probed with: the key under its name in system.yaml.
package enum Kind: String, CaseIterable, Hashable, Sendable {
  case http, scrape, json, tcp, tls, dns, icmp, exec, log, callable, push

  package var name: String { rawValue }

  /// Whether this version can probe it. An endpoint of another kind is shown, with the reason, and never
  /// polled.
  package var isAvailable: Bool { probe != nil }

  /// The registry: a kind is one file in this folder and its line here.
  var probe: (any Probe.Type)? {
    switch self {
    case .http: HTTPProbe.self
    case .scrape: ScrapeProbe.self
    case .json: JSONProbe.self
    case .tcp, .tls, .dns, .icmp, .exec, .log, .callable, .push: nil
    }
  }

  /// Why an endpoint of this kind cannot be asked that; nil when it can. A whole phrase.
  package func refusal(of assertion: Assertion) -> String? {
    guard assertion.subject == .dnsCode, self != .dns else { return nil }
    return "dns_rcode is known of dns endpoints only"
  }
}

/// A kind of probe: what it asks, and what it makes of what came back. No state, no clock, no socket.
protocol Probe {
  static func plan(_ endpoint: Endpoint) -> Plan
  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation
}
