import Values

/// One group, whatever stands in the others of its file.
struct GroupReading<Kept: Sendable>: Sendable {
  /// Nil when it has no name.
  let group: (name: String, kept: Kept)?
  let namePosition: Position
  let problems: [Problem]
}
