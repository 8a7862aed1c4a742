/// One target, probed by midwatch and by blackbox_exporter.
struct BlackboxCase {
  /// What the two are compared by.
  enum Figure: String, CaseIterable {
    case success = "probe_success"
    case status = "probe_http_status_code"
    case expiry = "probe_ssl_earliest_cert_expiry"
    case asked = "probe_dns_query_succeeded"
    case answers = "probe_dns_answer_rrs"
  }

  let name: String
  /// Whether it is well: what we must say.
  let isUp: Bool
  /// Our endpoint, in YAML's flow style, without braces.
  let ours: String
  /// blackbox_exporter's module behind its timeout, likewise, and its target.
  let theirs: String
  let target: String
  /// Where we differ and are right, and why.
  var differs: [Figure: String] = [:]
  /// It takes some hundred milliseconds here, for both.
  var slow: String?

  init(
    _ name: String, up isUp: Bool, _ ours: String, _ theirs: String, _ target: String,
    differs: [Figure: String] = [:], slow: String? = nil
  ) {
    (self.name, self.isUp, self.ours, self.theirs, self.target) = (name, isUp, ours, theirs, target)
    (self.differs, self.slow) = (differs, slow)
  }

  /// A URL, probed with what `ours` and `http` add.
  static func http(
    _ name: String, up isUp: Bool, _ url: String, _ ours: String = "", http: String = "",
    differs: [Figure: String] = [:], slow: String? = nil
  ) -> Self {
    let options = "preferred_ip_protocol: ip4, body_size_limit: 8MiB" + (http.isEmpty ? "" : ", " + http)
    return Self(
      name, up: isUp, "http: \"\(url)\"" + (ours.isEmpty ? "" : ", " + ours),
      "prober: http, http: {\(options)}", url, differs: differs, slow: slow)
  }

  static func tcp(
    _ name: String, up isUp: Bool, _ place: String, _ ours: String = "", kind: String = "tcp",
    tcp: String = "",
    differs: [Figure: String] = [:]
  ) -> Self {
    let options = "preferred_ip_protocol: ip4" + (tcp.isEmpty ? "" : ", " + tcp)
    return Self(
      name, up: isUp, "\(kind): \"\(place)\"" + (ours.isEmpty ? "" : ", " + ours),
      "prober: tcp, tcp: {\(options)}", place, differs: differs)
  }

  static func dns(
    _ name: String, up isUp: Bool, _ question: String, type: String = "A", server: String = "127.0.0.1:{dns}",
    _ ours: String = "", dns: String = "", differs: [Figure: String] = [:]
  ) -> Self {
    let options =
      "preferred_ip_protocol: ip4, query_name: \(question), query_type: \(type)"
      + (dns.isEmpty ? "" : ", " + dns)
    return Self(
      name, up: isUp,
      "dns: \(question), type: \(type), server: \"\(server)\"" + (ours.isEmpty ? "" : ", " + ours),
      "prober: dns, dns: {\(options)}", server, differs: differs)
  }
}
