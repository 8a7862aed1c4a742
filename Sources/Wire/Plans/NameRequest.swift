import Values

/// A question to a name server.
package struct NameRequest: Hashable, Sendable {
  /// Records that can be asked for, with their numbers.
  package enum RecordType: UInt16, Hashable, Sendable, CaseIterable {
    case a = 1, ns = 2, cname = 5, soa = 6, ptr = 12, mx = 15, txt = 16, aaaa = 28, srv = 33, caa = 257

    /// `AAAA`.
    package var name: String { "\(self)".uppercased() }

    /// - Parameter name: in whatever case.
    package init?(name: String) {
      guard let found = Self.allCases.first(where: { $0.name == name.uppercased() }) else { return nil }
      self = found
    }
  }

  /// A name; for PTR an address too.
  package var name: String
  package var type = RecordType.a
  /// Nil: the system's own.
  package var server: HostAndPort?
  package var family = Request.Family.any
  package var timeout = Span.seconds(10)

  package init(name: String) {
    self.name = name
  }
}
