import Values

/// What became of one test of a file.
package struct UnitTestOutcome: Sendable {
  /// The test's name, or `unnamed#` and its number in the file, from 0.
  package let name: String
  package let position: Position
  /// Empty: it passed.
  package let failures: [UnitTestFailure]
}
