import Values

/// What just happened, for five seconds above the footer, and for good in the log.
struct Toast: Equatable, Sendable {
  enum Tone: Sendable { case done, plain, failed }

  let text: String
  let at: Instant?
  let tone: Tone
  let lasting: Span

  static let shown = Span.seconds(5)
  static let kept = 200

  init(_ text: String, at: Instant?, tone: Tone = .plain, lasting: Span = Toast.shown) {
    self.text = text
    self.at = at
    self.tone = tone
    self.lasting = lasting
  }

  func isShown(at now: Instant) -> Bool { at.map { now < $0 + lasting } ?? false }
}
