import Probes
import Transfer
import Values

/// One probe with everything written down, for a verb that looks once.
package enum ProbeOnce {
  /// Waits for the answer, or for the end of the endpoint's timeout.
  package static func run(_ endpoint: Endpoint, version: String) -> ProbeTrace? {
    let mailbox = Mailbox<ProbeTrace>()
    let courier = Courier(version: version) { _, _ in }
    defer { courier.stop() }
    courier.trace(endpoint, of: "", at: Clock.now()) { mailbox.post($0) }
    let limit = Clock.now() + endpoint.timeout + .seconds(5)
    while Clock.now() < limit {
      _ = mailbox.wait(timeout: limit - Clock.now())
      if let trace = mailbox.drain().first { return trace }
    }
    return nil
  }
}
