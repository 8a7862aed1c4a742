package import Metrics
package import Values
package import Wire

/// A thing polled, as system.yaml describes it.
package struct Endpoint: Hashable, Sendable {
  /// Unique in its system.
  package let name: String
  package let kind: Kind
  /// What the kind's key holds, made absolute: a URL for `http`, `scrape` and `json`.
  package let target: String

  package var method = "GET"
  package var headers: [Header] = []
  package var body: [UInt8]?
  /// What of all that holds secrets; ``target``, ``headers`` and ``body`` have a mask, or nothing, there.
  package var confidential = Request.Confidential()
  package var authorization: Request.Authorization?
  package var tls = Request.TLS()
  package var family = Request.Family.any
  package var version = Request.Version.any
  /// `host:port:address`, as curl's.
  package var resolve: String?
  /// Nil or empty: none.
  package var proxy: String?
  /// See ``Request/noProxy``.
  package var noProxy: [String] = []
  package var redirects = 10
  /// Bytes.
  package var bodyLimit = 8 << 20

  package var assertions: [Assertion] = []
  /// What only some kinds have.
  package var detail = EndpointDetail()
  /// Of a `json` endpoint.
  package var series: [SeriesMapping] = []

  package var every = Span.seconds(30)
  package var timeout = Span.seconds(10)
  /// Whether it may be polled less often while nobody is reached.
  package var backsOff = true
  /// In a row before it is down.
  package var failures = 1
  /// In a row before one that was down is up.
  package var successes = 1
  /// Names of endpoints without which this one cannot be up.
  package var dependsOn: [String] = []

  package var job: String
  package var instance: String
  package var labels: [String: String] = [:]
  package var environment: String?

  /// Of the built-in alert EndpointDown; nil: no alert.
  package var level: Level? = .page
  /// How long it must be down before that alert fires.
  package var `for` = Span.zero

  /// It uses a secret or starts a process: not before its folder is trusted.
  package var needsTrust = false
  /// Why its environment keeps it from being polled, when it does.
  package var pausedReason: String?
  /// The name of a secret that it needs and that is not known.
  package var missingSecret: String?
  /// What is amiss with the file that is its body, when something is.
  package var missingBody: String?

  /// With the defaults of system.yaml: `job` is the name, `instance` the target's host and port, of a push the name.
  package init(name: String, kind: Kind, target: String) {
    self.name = name
    self.kind = kind
    self.target = target
    job = name
    instance = kind == .push ? name : Self.instance(of: target)
  }

  /// Why it is never polled, as a phrase; nil when it is. It is shown as paused, and not taken for up.
  package var heldBack: String? { heldBack(isTrusted: true) }

  /// - Parameter isTrusted: whether its folder may use secrets and start processes.
  package func heldBack(isTrusted: Bool) -> String? {
    if let pausedReason { return pausedReason }
    if !kind.isAvailable { return "\(kind.name) probes are not available in this version" }
    if needsTrust, !isTrusted { return "not trusted" }
    return missingSecret.map { "the secret \($0) is not known" } ?? missingBody
  }

  /// Why it cannot be asked that; nil when it can. A whole phrase.
  package func refusal(of assertion: Assertion) -> String? {
    if kind == .tcp, assertion.subject.aspect == .certificate, detail.startTLS == nil {
      return "cert_expiry is known of a tcp endpoint with starttls only"
    }
    return kind.refusal(of: assertion)
  }

  /// `job`, `instance` and `labels`: what every series of this endpoint carries.
  package var targetLabels: Labels {
    Labels(labels.merging(["job": job, "instance": instance]) { own, _ in own })
  }

  /// What to send; nil for a kind that this version cannot probe.
  package func plan() -> Plan? {
    kind.probe?.plan(self)
  }

  /// What came back, judged. Pure; its cost is that of reading the body. A server that echoes the secret
  /// it was sent gives nothing away: it is masked.
  ///
  /// - Parameter at: when the request was started.
  package func judge(_ outcome: Outcome, at: Instant) -> Observation {
    var memory = ProbeMemory()
    return judge(outcome, at: at, with: &memory).unfolded(targetLabels)
  }

  /// The same by one who remembers the last polls: a page of metrics comes as ``Observation/page``.
  package func judge(_ outcome: Outcome, at: Instant, with memory: inout ProbeMemory) -> Observation {
    let observation =
      kind.probe?.judge(outcome, of: self, at: at, with: &memory)
      ?? Judgement(outcome, of: self, at: at).observation(with: &memory)
    return secrets.reduce(observation) { $0.masked(by: $1) }
  }
}

extension Endpoint {
  /// What it is told and must not tell us.
  var secrets: [Secret] {
    (authorization.map { [$0.secret] } ?? []) + detail.masked + confidential.values
  }

  /// The same in a folder of that path, which paths are relative to.
  package func rooted(at folder: String) -> Endpoint {
    var rooted = self
    rooted.detail.folder = folder
    return rooted
  }

  /// `target`, which may begin with `/`, relative to `base`; the base's own path stays before it.
  package static func absolute(_ target: String, base: String?) -> String {
    guard target.hasPrefix("/"), let base else { return target }
    return (base.hasSuffix("/") ? String(base.dropLast()) : base) + target
  }

  /// `host:port` of a URL, with the scheme's port where it says none; a target without a scheme is its own.
  package static func instance(of target: String) -> String {
    guard let scheme = target.firstRange(of: "://") else { return target }
    let rest = target[scheme.upperBound...].prefix { !"/?#".contains($0) }
    let host = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? rest
    let name = host.lowercased()
    // The last colon, unless it stands inside the brackets of an IPv6 address.
    if let colon = name.lastIndex(of: ":"), !name[colon...].contains("]") { return name }
    switch target[..<scheme.lowerBound].lowercased() {
    case "http": return name + ":80"
    case "https": return name + ":443"
    default: return name
    }
  }
}
