import Values
import Wire

/// One endpoint as a row of the board.
package struct EndpointRow: Codable, Equatable, Sendable {
  /// The states of DESIGN section 4 and SCREENS; unknown stands beside down, never beside up.
  package enum State: String, Codable, CaseIterable, Sendable {
    case unknown, up, pending, down, stale, maintenance, paused, blocked
  }

  /// One check and what came of it.
  package struct Check: Codable, Equatable, Sendable {
    package var text: String
    package var passed: Bool
    package var actual: String

    package init(text: String, passed: Bool, actual: String) {
      self.text = text
      self.passed = passed
      self.actual = actual
    }
  }

  package var name: String
  package var kind: String
  /// What is polled, with secrets masked: `http://127.0.0.1:18081/api/health/packs`.
  package var target: String
  package var state: State
  package var since: Instant?
  /// One phrase: `connection refused by 127.0.0.1:18085`; nil while up.
  package var reason: String?
  package var code: Int?
  package var took: Span?
  package var next: Instant?
  /// Milliseconds of the last polls, oldest first; nil where one failed.
  package var history: [Double?]
  /// Samples of the last scrape.
  package var samples: Int?
  package var blockedBy: String?
  package var certificateExpiry: Instant?
  package var phases: Phases?
  package var checks: [Check]

  package init(name: String, kind: String, target: String, state: State = .unknown) {
    self.name = name
    self.kind = kind
    self.target = target
    self.state = state
    history = []
    checks = []
  }

  /// Whether somebody should look.
  package var isFault: Bool { state == .down || state == .stale || state == .blocked }
}
