/// One thing that the check of a draft has to say.
package struct Finding: Equatable, Sendable {
  package enum Mark: String, Equatable, Sendable {
    case good, warning, error

    /// `✓`, `▲`, `✖`.
    package var sign: String {
      switch self {
      case .good: "✓"
      case .warning: "▲"
      case .error: "✖"
      }
    }
  }

  package let mark: Mark
  package let sentence: String

  package init(_ mark: Mark, _ sentence: String) {
    self.mark = mark
    self.sentence = sentence
  }
}
