import Incidents
import Values

/// What a command wrote is evidence: it is named, and kept in the journal as long as this event is.
package struct EvidenceAttached: Fact {
  package static let kind = "evidence.attached"

  /// Which bytes: a blob of the journal.
  package struct Blob: Codable, Equatable, Sendable {
    /// In lower-case hex.
    package let sha256: String
    package let bytes: Int
    package let type: String
  }

  package enum Part: String, Codable, CaseIterable, Sendable {
    /// All that it wrote.
    case whole
    /// Its beginning and its end, with a line that tells how much is missing between them.
    case ends
  }

  /// Where it comes from, with all that a reader wants to know of it beside the text itself.
  package struct Source: Codable, Equatable, Sendable {
    package let run: String
    package let step: String
    /// ``CommandStarted/id``.
    package let command: String
    /// What ran, secrets masked.
    package let text: String
    /// Who started it, and when.
    package let by: String
    package let at: Instant
    /// `exit 1 (none found)`.
    package let end: String
    package let tookMs: Int64
    package let lines: Int
    package let part: Part
  }

  /// `1.2 Search the logs`.
  package let what: String
  package let blob: Blob
  package let from: Source
}

extension CommandFinished {
  /// `exit 3`, `timed out`, `cancelled`: how it ended.
  package var phrase: String {
    switch cause {
    case .cancelled: "cancelled"
    case .timeout: "timed out"
    case .closed: "ended with its console"
    case .unable: reason ?? "could not be started"
    case nil: exit.map { "exit \($0)" } ?? signal.map { "ended by \($0)" } ?? "ended"
    }
  }

  package var took: Span { .milliseconds(tookMs) }
}
