import Probes
import Wire

/// What polling an endpoint takes, made once for each definition of it: it is handed from thread to thread with
/// every poll, and the same object means the same definition.
package final class Poll: Sendable {
  package let system: String
  package let endpoint: Endpoint
  /// What to send.
  package let plan: Plan

  package init(_ endpoint: Endpoint, of system: String, plan: Plan) {
    self.system = system
    self.endpoint = endpoint
    self.plan = plan
  }
}
