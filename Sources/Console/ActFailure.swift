/// Why something was not done, as a sentence for the person who tried it.
package struct ActFailure: Error, Equatable, Sendable {
  package let sentence: String

  package init(_ sentence: String) {
    self.sentence = sentence
  }
}
