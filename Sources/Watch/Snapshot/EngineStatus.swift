import Values

/// Which process polls and evaluates, as this one sees it.
package struct EngineStatus: Codable, Equatable, Sendable {
  package enum Role: String, Codable, Sendable {
    /// This process holds the lock.
    case engine
    /// Another does, and sends its snapshots.
    case viewer
    /// Nobody does, and this process may not.
    case none
  }

  package var role: Role
  package var epoch: Int64
  package var pid: Int32?
  /// When the engine was last heard; viewers show the age when it grows.
  package var heard: Instant?
  /// Why this process's engine cannot write the journal, as a sentence; nil while it can.
  package var trouble: String?

  package init(
    role: Role, epoch: Int64 = 0, pid: Int32? = nil, heard: Instant? = nil, trouble: String? = nil
  ) {
    self.trouble = trouble
    self.role = role
    self.epoch = epoch
    self.pid = pid
    self.heard = heard
  }
}
