/// One thing that a filter says and that nothing understands.
package struct FilterProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// 1-based, in characters.
  package let column: Int
  /// What was wrong, and what to write instead, in one sentence.
  package let sentence: String

  package init(column: Int, sentence: String) {
    self.column = column
    self.sentence = sentence
  }

  package var description: String { "column \(column): \(sentence)" }
}
