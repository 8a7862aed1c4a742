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
  /// Nil while it is not known.
  package let value: Secret?
}
