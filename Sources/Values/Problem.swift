/// Where in a file something stands: both 1-based; the column counts characters.
package struct Position: Hashable, Comparable, Codable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static let start = Position(line: 1, column: 1)

  package static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// One thing wrong in something that a user wrote, as a whole sentence: what, where, and what to do.
///
/// Readers collect problems and go on; they never stop at the first.
package struct Problem: Error, Hashable, Codable, Sendable {
  /// A warning leaves the thing usable; an error does not.
  package enum Weight: String, Codable, Sendable { case error, warning }

  package var file: String
  package var position: Position
  package var what: String
  package var remedy: String
  package var weight: Weight

  package init(
    _ what: String, remedy: String, file: String, at position: Position = .start, weight: Weight = .error
  ) {
    self.file = file
    self.position = position
    self.what = what
    self.remedy = remedy
    self.weight = weight
  }
}

extension Problem: CustomStringConvertible {
  /// `file:line:column: what; what to do`.
  package var description: String {
    let mark = weight == .warning ? "warning: " : ""
    return "\(file):\(position.line):\(position.column): \(mark)\(what); \(remedy)"
  }
}

extension Problem: Comparable {
  package static func < (a: Self, b: Self) -> Bool {
    (a.file, a.position, a.what) < (b.file, b.position, b.what)
  }
}
