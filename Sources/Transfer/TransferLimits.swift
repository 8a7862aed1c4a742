/// How many transfers may be under way; the others wait, and their timeouts have not begun.
package struct TransferLimits: Hashable, Sendable {
  /// Over all hosts.
  package var atOnce: Int
  /// To one host and port.
  package var perHost: Int
  /// To some of them, by `host:port` in lower case.
  package var hosts: [String: Int]

  package init(atOnce: Int = 64, perHost: Int = 8, hosts: [String: Int] = [:]) {
    self.atOnce = max(1, atOnce)
    self.perHost = max(1, perHost)
    self.hosts = hosts.mapValues { max(1, $0) }
  }

  /// To that host and port. O(1).
  func limit(of host: String) -> Int { hosts[host] ?? perHost }
}
