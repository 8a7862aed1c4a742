import Values

/// What just happened, for five seconds above the footer, and for good in the log.
struct Toast: Equatable, Sendable {
  enum Tone: Sendable { case done, plain, failed }

  let text: String
  let at: Instant?
  let tone: Tone

  static let shown = Span.seconds(5)
  static let kept = 200

  init(_ text: String, at: Instant?, tone: Tone = .plain) {
    self.text = text
    self.at = at
    self.tone = tone
  }

  func isShown(at now: Instant) -> Bool { at.map { now < $0 + Self.shown } ?? false }
}
