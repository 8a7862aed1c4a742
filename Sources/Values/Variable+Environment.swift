extension Variable {
  /// `NAME` of `from: env.NAME`: the variable of a process's environment that it is filled from.
  package var environmentName: String? {
    guard let from, from.hasPrefix("env.") else { return nil }
    return String(from.dropFirst(4))
  }

  /// Whether that is a name that an environment can have.
  package static func isEnvironmentName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first == 95 || Self.isLetter(first) else { return false }
    return name.utf8.allSatisfy { $0 == 95 || Self.isLetter($0) || (48...57).contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }
}
