import Values

/// A question to a name server.
package struct NameRequest: Hashable, Sendable {
  package var name: String
  /// `A`, `AAAA`, `MX`, …
  package var type = "A"
  /// `host:port` of the server; nil: the system's own.
  package var server: String?
  package var family = Request.Family.any
  package var timeout = Span.seconds(10)

  package init(name: String) {
    self.name = name
  }
}
