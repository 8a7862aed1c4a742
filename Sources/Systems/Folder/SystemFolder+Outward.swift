import Values

/// What texts for readers outside are checked against.
extension SystemFolder {
  /// Hosts of its endpoints, each once.
  package var endpointHosts: [String] {
    Set(endpoints.compactMap { Self.host(of: $0.target) }).sorted()
  }

  /// The host of a target such as `http://api.example.test:8080/health`.
  private static func host(of target: String) -> String? {
    guard let scheme = target.firstRange(of: "://") else { return nil }
    let authority = target[scheme.upperBound...].prefix { !"/?#".contains($0) }
    let host = (authority.split(separator: "@").last ?? "").prefix { $0 != ":" }
    return host.isEmpty ? nil : String(host)
  }

  package func delivery(_ name: String) -> Delivery? { deliveries.first { $0.name == name } }
}
