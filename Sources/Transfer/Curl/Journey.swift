internal import Values
internal import Wire

/// A request and where redirects led it so far.
///
/// They are followed by us: libcurl would take every header to wherever the server says, but what is meant for
/// one server is for no other.
struct Journey: Equatable {
  /// As it was asked.
  let request: Request
  /// Under which ``Admission`` counts it, wherever it is led.
  let host: String
  private(set) var redirects = 0
  /// Of the hops that are done.
  private(set) var phases = Phases()
  private(set) var hops: [Hop] = []

  init(_ request: Request, host: String) {
    self.request = request
    self.host = host
  }

  /// What is left of the timeout.
  var timeLeft: Span {
    let used = Span(milliseconds: Instant(seconds: phases.total).milliseconds)
    return max(.milliseconds(1), request.timeout - used)
  }

  /// What to ask next after `response`, which `asked` brought; nil when it is the answer.
  ///
  /// - Throws: why its redirect cannot be followed.
  mutating func next(
    after response: Response, of asked: Request, at address: WebAddress
  ) throws(Failure) -> (request: Request, address: WebAddress)? {
    guard request.redirects > 0, [301, 302, 303, 307, 308].contains(response.status),
      let location = response.header("Location"), !location.isEmpty
    else { return nil }
    add(response.phases, response.hops)
    func refusal(_ kind: Failure.Kind, _ reason: String) -> Failure {
      var failure = Failure(kind, reason: reason, phases: phases, status: response.status)
      failure.hops = hops
      return failure
    }
    guard redirects < request.redirects else {
      throw refusal(.tooManyRedirects, "more than \(request.redirects) redirects")
    }
    guard let url = WebAddress.resolving(location, from: asked.revealedURL) else {
      throw refusal(.invalidURL, "redirected to something that is not a URL")
    }
    let target: WebAddress
    do {
      target = try WebAddress(url)
    } catch {
      throw refusal(.invalidURL, "redirected to something other than http or https")
    }
    redirects += 1
    var next = asked
    next.url = url
    next.confidential.url = nil
    next.timeout = timeLeft
    Self.change(&next, by: response.status)
    if target.origin != address.origin {
      guard next.confidential.body == nil else {
        throw refusal(.other, "redirected to another server, which the secret in the body is not for")
      }
      Self.strip(&next)
    }
    return (next, target)
  }

  /// The response as the answer to the whole.
  func whole(_ outcome: Outcome) -> Outcome {
    masked(added(to: outcome))
  }

  /// Without the secrets of the request.
  func masked(_ outcome: Outcome) -> Outcome { outcome.masked(by: request.confidential.values) }

  private func added(to outcome: Outcome) -> Outcome {
    switch outcome {
    case .success(var response):
      response.redirects = redirects
      response.phases = phases + response.phases
      response.hops = hops + response.hops
      return .success(response)
    case .failure(var failure):
      failure.phases = phases + failure.phases
      failure.hops = hops + failure.hops
      return .failure(failure)
    }
  }

  private mutating func add(_ phases: Phases, _ hops: [Hop]) {
    self.phases = self.phases + phases
    self.hops += hops
  }

  /// As browsers and libcurl do (RFC 9110, sections 15.4.2 to 15.4.9): 303 asks for GET, and so in practice do
  /// 301 and 302 after a POST; 307 and 308 keep method and body.
  private static func change(_ request: inout Request, by status: Int) {
    let becomesGet =
      status == 303
      ? request.method != "HEAD" : (status == 301 || status == 302) && request.method == "POST"
    guard becomesGet else { return }
    request.method = "GET"
    request.body = nil
    request.confidential.body = nil
    request.headers.removeAll { ofBody.contains($0.name.lowercased()) }
    request.confidential.headers = request.confidential.headers.filter {
      !ofBody.contains($0.key.lowercased())
    }
  }

  private static let ofBody: Set<String> = ["content-type", "content-length"]

  /// To another server goes what any client says, and nothing that was meant for the first.
  private static func strip(_ request: inout Request) {
    request.authorization = nil
    request.confidential.headers = [:]
    request.headers.removeAll { !harmless.contains($0.name.lowercased()) }
    request.tls.certificate = nil
    request.tls.key = nil
    request.tls.serverName = nil
  }

  private static let harmless: Set<String> = [
    "accept", "accept-encoding", "accept-language", "user-agent", "content-type", "cache-control",
    "x-prometheus-scrape-timeout-seconds",
  ]
}
