/// How many transfers may be under way; the others wait, and their timeouts have not begun.
package struct TransferLimits: Hashable, Sendable {
  /// Over all hosts.
  package var atOnce: Int
  /// To one host and port.
  package var perHost: Int

  package init(atOnce: Int = 64, perHost: Int = 8) {
    self.atOnce = max(1, atOnce)
    self.perHost = max(1, perHost)
  }
}
