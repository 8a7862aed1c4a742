import Values

extension Request {
  /// What of a request holds secrets: its printable parts have a mask there.
  package struct Confidential: Hashable, Sendable {
    /// Instead of ``Request/url``.
    package var url: Secret?
    /// Beside ``Request/headers``.
    package var headers: [String: Secret] = [:]
    /// Instead of ``Request/body``.
    package var body: Secret?
    /// What must not be seen of what comes back.
    package var values: [Secret] = []

    package init() {}

    package var isEmpty: Bool { url == nil && headers.isEmpty && body == nil && values.isEmpty }
  }

  /// Where it goes: for whoever sends it, and nobody else.
  package var revealedURL: String { confidential.url?.revealed() ?? url }

  /// All of them: for whoever sends it, and nobody else.
  package var revealedHeaders: [Header] {
    headers
      + confidential.headers.sorted { $0.key < $1.key }.map { Header($0.key, $0.value.revealed()) }
  }

  /// For whoever sends it, and nobody else.
  package var revealedBody: [UInt8]? { confidential.body.map { Array($0.revealed().utf8) } ?? body }

  /// Whether a header of that name goes with it, without regard to case.
  package func hasHeader(_ name: String) -> Bool {
    let name = name.lowercased()
    return headers.contains { $0.name.lowercased() == name }
      || confidential.headers.keys.contains { $0.lowercased() == name }
  }
}

extension Collection<Secret> {
  /// `text` with each of them masked.
  package func masking(_ text: String) -> String { reduce(text) { $1.masking($0) } }
}

extension Hop {
  /// The same without `secrets`: servers echo what they are sent.
  package func masked(by secrets: some Collection<Secret>) -> Hop {
    guard !secrets.isEmpty else { return self }
    func masked(_ headers: [Header]) -> [Header] {
      headers.map { Header($0.name, secrets.masking($0.value)) }
    }
    var hop = self
    hop.url = secrets.masking(url)
    hop.address = secrets.masking(address)
    hop.sent = masked(sent)
    hop.received = masked(received)
    return hop
  }
}

extension Outcome {
  /// The same without `secrets` in what is told of the way there; headers and body stay what they are, for they are
  /// yet to be judged.
  package func masked(by secrets: some Collection<Secret>) -> Outcome {
    guard !secrets.isEmpty else { return self }
    switch self {
    case .success(var response):
      response.finalURL = secrets.masking(response.finalURL)
      response.hops = response.hops.map { $0.masked(by: secrets) }
      return .success(response)
    case .failure(var failure):
      failure.reason = secrets.masking(failure.reason)
      failure.hops = failure.hops.map { $0.masked(by: secrets) }
      return .failure(failure)
    }
  }
}
