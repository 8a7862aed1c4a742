import Values

/// What a placeholder stands for in a run.
package enum RunValue: Hashable, Sendable {
  case plain(String)
  /// Known to this process only; the journal has its name.
  case secret(Secret)

  var revealed: String {
    switch self {
    case .plain(let value): value
    case .secret(let secret): secret.revealed()
    }
  }

  /// What a screen may show.
  package var shown: String {
    switch self {
    case .plain(let value): value
    case .secret: Secret.mask
    }
  }
}
