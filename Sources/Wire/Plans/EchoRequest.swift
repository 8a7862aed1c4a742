import Values

/// An ICMP echo to a host.
package struct EchoRequest: Hashable, Sendable {
  package var host: String
  package var family = Request.Family.any
  package var timeout = Span.seconds(10)

  package init(host: String) {
    self.host = host
  }
}
