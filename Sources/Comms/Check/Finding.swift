import Values

/// One thing that the check of a draft has to say.
package struct Finding: Equatable, Sendable {
  package enum Mark: String, Codable, Equatable, Sendable {
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

  /// What it is about; scripts know it by this name.
  package enum Topic: String, Codable, CaseIterable, Sendable {
    case unfilled, empty, promise, reminder, vague, impact, outage, length, estimate, loss
    case address, host, ticket, trace, path, secret
    /// That nothing of the six above stands in the text.
    case inner
  }

  package enum Part: String, Codable, Sendable {
    case subject, text
  }

  /// Where it is: a line and a column of the subject or the text, both from 1, in characters.
  package struct Place: Equatable, Sendable {
    package let part: Part
    package let position: Position

    package init(_ part: Part, _ position: Position) {
      self.part = part
      self.position = position
    }
  }

  package let mark: Mark
  package let topic: Topic
  package let sentence: String
  /// Nil when it is about the whole.
  package let place: Place?

  package init(_ mark: Mark, _ topic: Topic, _ sentence: String, at place: Place? = nil) {
    self.mark = mark
    self.topic = topic
    self.sentence = sentence
    self.place = place
  }

  /// Whether no reason lets it pass: holes, nothing at all, and a promise that is not the one counted down.
  package var isBinding: Bool {
    mark == .error && [.unfilled, .empty, .promise].contains(topic)
  }
}
