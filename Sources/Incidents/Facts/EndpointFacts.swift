/// An endpoint went from one state to another; a repetition is no event.
package struct EndpointChanged: Fact {
  package static let kind = "endpoint.changed"
  package let system: String
  package let environment: String?
  package let endpoint: String
  /// `unknown`, `up`, `pending`, `down`, `stale`, `maintenance`, `paused`.
  package let from: String
  package let to: String
  package let reason: String?
  package let code: Int?
  package let tookMs: Int?
  package let blockedBy: String?

  package init(
    system: String, environment: String? = nil, endpoint: String, from: String, to: String, reason: String?,
    code: Int?, tookMs: Int?, blockedBy: String? = nil
  ) {
    self.system = system
    self.environment = environment
    self.endpoint = endpoint
    self.from = from
    self.to = to
    self.reason = reason
    self.code = code
    self.tookMs = tookMs
    self.blockedBy = blockedBy
  }
}
