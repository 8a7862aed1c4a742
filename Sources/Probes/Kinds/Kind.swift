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
    case .tcp: TCPProbe.self
    case .tls: TLSProbe.self
    case .dns: DNSProbe.self
    case .icmp: ICMPProbe.self
    case .exec: ExecProbe.self
    case .log: LogProbe.self
    case .callable: CallableProbe.self
    case .push: PushProbe.self
    }
  }

  /// Whether its polls are HTTP requests, and yield what blackbox exporter says of one.
  package var speaksHTTP: Bool { probe?.speaksHTTP ?? false }

  /// What is expected where `expect:` says nothing of its subject; nil when any answer will do.
  var expectation: Assertion? { probe?.expectation }

  /// Why an endpoint of this kind cannot be asked that; nil when it can. A whole phrase.
  package func refusal(of assertion: Assertion) -> String? {
    let aspect = assertion.subject.aspect
    guard let probe, !probe.aspects.contains(aspect) else { return nil }
    let others = Self.allCases.filter { $0.probe?.aspects.contains(aspect) ?? false }.map(\.name)
    return "\(assertion.subject.shown) is known of \(Shown.list(others)) endpoints only"
  }
}

/// A kind of probe: what it asks, and what it makes of what came back. No state, no clock, no socket.
protocol Probe {
  static var speaksHTTP: Bool { get }
  /// What is expected where `expect:` says nothing of its subject; nil when any answer will do.
  static var expectation: Assertion? { get }
  /// What its answers have, and so what `expect:` can ask.
  static var aspects: Set<Assertion.Aspect> { get }

  static func plan(_ endpoint: Endpoint) -> Plan
  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation
}

/// What holds for kinds that speak HTTP.
extension Probe {
  static var speaksHTTP: Bool { true }
  static var expectation: Assertion? { .goodStatus }
  static var aspects: Set<Assertion.Aspect> { [.status, .latency, .header, .body, .certificate] }
}
