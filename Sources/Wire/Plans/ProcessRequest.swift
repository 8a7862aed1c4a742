import Values

/// A process to run without a shell, whose end and output are the answer.
package struct ProcessRequest: Hashable, Sendable {
  /// The program and its arguments. Everybody on the machine can read them: no secret belongs here.
  package var words: [String]
  /// Where it runs; nil: where we do.
  package var directory: String?
  /// Variables that are set for it, over ours; here a secret may stand.
  package var environment: [String: Secret] = [:]
  /// Names of our own variables that it does not inherit.
  package var withheld: Set<String> = []
  /// What it reads from its standard input; nil: nothing.
  package var input: [UInt8]?
  /// From its start; then its process group is asked to end, and killed after ``grace``.
  package var timeout = Span.seconds(10)
  package var grace = Span.seconds(2)
  /// Bytes that are kept of each of its two outputs; the rest is read and thrown away.
  package var outputLimit = 1 << 20
  /// Whether what it leaves behind in its process group may live on once it ended by itself.
  package var leavesOthers = false
  /// Whether one that was cancelled is told as an end, with what it wrote, rather than as a failure.
  package var tellsCancelledEnd = false

  /// For ``timeout``: as long as it likes.
  package static let unlimited = Span(milliseconds: .max)

  package init(words: [String]) {
    self.words = words
  }
}
