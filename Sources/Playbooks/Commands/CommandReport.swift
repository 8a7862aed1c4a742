import Values

/// How a command ended, for the journal.
package struct CommandReport: Equatable, Sendable {
  /// ``CommandStarted/id``.
  package var id: String
  package var exit: Int?
  /// `SIGTERM`.
  package var signal: String?
  package var took = Span.zero
  package var succeeded = false
  package var meaning: String?
  package var cause: CommandFinished.Cause?
  package var reason: String?
  /// What is kept of what it wrote, safe and masked; and the SHA-256 of that in lower-case hex, nil when nothing is
  /// to be kept.
  package var output: [UInt8] = []
  package var sha256: String?
  /// SHA-256 of all that it wrote, safe and masked.
  package var digest: String?
  package var lines = 0
  package var isTruncated = false
  /// The file that has all of it, relative to the state folder.
  package var file: String?
  /// Of a check.
  package var tries: Int?
  /// What it left for the next command.
  package var directory: String?
  package var kept: [String: String] = [:]

  package init(id: String) {
    self.id = id
  }

  func fact(run: String, step: String) -> CommandFinished {
    CommandFinished(
      run: run, step: step, started: id, exit: exit, signal: signal, tookMs: took.milliseconds,
      succeeded: succeeded, meaning: meaning, cause: cause, reason: reason,
      output: sha256.map { CommandFinished.Output(sha256: $0, bytes: output.count, type: "text/plain") },
      digest: digest, lines: lines, truncated: isTruncated, file: file, tries: tries, directory: directory,
      kept: kept.isEmpty ? nil : kept)
  }

  /// `exit 3`, `timed out after 2m`, `cancelled`: for a step's reason.
  package var phrase: String {
    switch cause {
    case .cancelled: "cancelled"
    case .timeout: "timed out after \(took.short)"
    case .closed: "ended with its console"
    case .unable: reason ?? "could not be started"
    case nil: exit.map { "exit \($0)" } ?? signal.map { "ended by \($0)" } ?? "ended"
    }
  }
}
