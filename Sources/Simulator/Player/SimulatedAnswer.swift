import Values

/// What a simulated endpoint does with one request.
package struct SimulatedAnswer: Hashable, Sendable {
  package var status: Int
  /// `content-type` among them; lengths and connection handling are the server's.
  package var headers: [String: String]
  package var body: [UInt8]
  /// Before the first byte.
  package var latency: Span
  /// When set, nothing of the above arrives as it stands.
  package var fault: Fault?

  package init(
    status: Int = 200, headers: [String: String] = [:], body: String = "", latency: Span = .zero,
    fault: Fault? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = Array(body.utf8)
    self.latency = latency
    self.fault = fault
  }

  /// What a path that no endpoint has answers.
  static let notFound = SimulatedAnswer(
    status: 404, headers: ["content-type": "text/plain; charset=utf-8"],
    body: "No endpoint of this system has this path.\n")
}
