import Values

/// A name under `secrets:`: where its value comes from.
package struct SecretSource: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    case environment
    case file(String)
    /// Starts a process: only once the folder is trusted.
    case command([String])
  }

  package let name: String
  package let origin: Origin
  /// In system.yaml.
  package let position: Position
  /// Nil while it is not known.
  package let value: Secret?

  /// Whether somebody must read it for us: a file or a command, once the folder is trusted.
  package var isOutside: Bool { origin != .environment }
}
