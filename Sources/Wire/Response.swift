import Values

/// What came back of a ``Plan``.
package struct Response: Hashable, Sendable {
  /// Of HTTP; the exit status of a process; 0 where there is no such thing.
  package var status: Int
  /// Of the last response only.
  package var fields: HeaderBlock
  package var body: [UInt8]
  package var phases: Phases
  /// The address that answered, `127.0.0.1:8080`; empty when unknown.
  package var address: String
  package var redirects: Int
  /// The URL that answered, after redirects.
  package var finalURL: String
  /// When the first certificate of the server's chain expires; nil without TLS.
  package var certificateExpiry: Instant?
  /// Where somebody asked for it: of a `tls:` endpoint, and in traces.
  package var session: TLSSession?
  /// Of a request that is traced, in order.
  package var hops: [Hop] = []
  /// What a name server answered; nil for all that is none.
  package var names: NameAnswer?
  /// Of what was pushed to us: when, and for how long we have listened in vain since.
  package var push: PushReceipt?
  /// Hops to the end of its life, of an ICMP reply: the TTL that it came with.
  package var hopLimit: Int?
  /// Of a process; its status is ``status``, and its output ``body``.
  package var process: ProcessEnd?
  /// Of logs: ``body`` holds their new lines, each with its end.
  package var lines: LineGain?

  package init(
    status: Int, headers: [Header] = [], body: [UInt8] = [], phases: Phases = Phases(), address: String = "",
    redirects: Int = 0, finalURL: String = "", certificateExpiry: Instant? = nil
  ) {
    self.init(
      status: status, fields: HeaderBlock(headers), body: body, phases: phases, address: address,
      redirects: redirects, finalURL: finalURL, certificateExpiry: certificateExpiry)
  }

  package init(
    status: Int, fields: HeaderBlock, body: [UInt8], phases: Phases, address: String, redirects: Int,
    finalURL: String, certificateExpiry: Instant?
  ) {
    self.status = status
    self.fields = fields
    self.body = body
    self.phases = phases
    self.address = address
    self.redirects = redirects
    self.finalURL = finalURL
    self.certificateExpiry = certificateExpiry
  }

  /// The first header of that name, without regard to case.
  package func header(_ name: String) -> String? { fields.first(name) }
}

/// How long each part of a transfer took; parts that did not happen are zero. Blackbox exporter's phases.
package struct Phases: Hashable, Codable, Sendable {
  package var resolve: Double = 0
  package var connect: Double = 0
  package var tls: Double = 0
  package var processing: Double = 0
  package var transfer: Double = 0
  /// Seconds from the start to the end, redirects included.
  package var total: Double = 0

  package init() {}

  package static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.resolve += b.resolve
    sum.connect += b.connect
    sum.tls += b.tls
    sum.processing += b.processing
    sum.transfer += b.transfer
    sum.total += b.total
    return sum
  }
}

/// Why there is no response, sorted by what a responder would do about it.
package struct Failure: Error, Hashable, Codable, Sendable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case invalidURL, unresolved, refused, unreachable, timeout, tls, reset, tooManyRedirects, tooLarge,
      malformed
    case cancelled, other
    /// Nobody was asked, for something that only we lack: a permission, a descriptor. It says nothing of the
    /// endpoint.
    case unable
    /// Nothing came yet, and it is too early to say that it should have: nothing is known of the endpoint.
    case unheard
  }

  package var kind: Kind
  /// A whole phrase for the screen, with no secret in it: `connection refused by 127.0.0.1:8080`.
  package var reason: String
  package var phases: Phases
  /// The status line, when one came before the failure.
  package var status: Int?
  /// What the server showed, where that is what was wrong: an expired certificate has a date.
  package var session: TLSSession?
  /// The address that was asked, `127.0.0.1:8080`; empty when unknown.
  package var address = ""
  /// Of a request that is traced, in order; the last one is where it failed.
  package var hops: [Hop] = []

  package init(_ kind: Kind, reason: String, phases: Phases = Phases(), status: Int? = nil) {
    self.kind = kind
    self.reason = reason
    self.phases = phases
    self.status = status
  }
}

extension Failure {
  /// Whether nobody was reached at all: the name is unknown, nobody takes connections there, or none came about in
  /// time.
  package var isUnreached: Bool {
    switch kind {
    case .unresolved, .refused, .unreachable: true
    case .timeout: phases.tls == 0 && phases.processing == 0 && phases.transfer == 0
    default: false
    }
  }
}

package typealias Outcome = Result<Response, Failure>
