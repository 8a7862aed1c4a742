import Probes
import Values
import Wire

/// One endpoint as a row of the board.
package struct EndpointRow: Codable, Equatable, Sendable {
  /// The states of DESIGN section 4 and SCREENS; unknown stands beside down, never beside up.
  package enum State: String, Codable, CaseIterable, Sendable {
    case unknown, up, pending, down, stale, maintenance, paused, blocked
  }

  /// Why it is polled less often than it says.
  package enum Delay: String, Codable, CaseIterable, Sendable {
    /// Nobody was reached for a while.
    case backedOff
    /// It asked for patience.
    case retryAfter

    /// In the words of a screen.
    package var words: String {
      switch self {
      case .backedOff: "backed off"
      case .retryAfter: "it said Retry-After"
      }
    }
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

  /// It goes up and down again and again.
  package struct Flapping: Codable, Equatable, Sendable {
    package var changes: Int
    /// Within which time.
    package var within: Span

    package init(changes: Int, within: Span) {
      self.changes = changes
      self.within = within
    }

    /// `flapping, 6 changes in 10m`.
    package var words: String {
      let time = within.short
      let isWhole = time.hasSuffix("m00s")
      return "flapping, \(changes) changes in \(isWhole ? String(time.dropLast(3)) : time)"
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
  /// Nil while it is polled at its own rate.
  package var delay: Delay?
  /// Polls that were left out, since it is under watch, for being late by a whole interval.
  package var skipped: Int?
  /// Whether the server's certificate is not looked at, because somebody said so.
  package var isUnverified: Bool?
  /// Milliseconds of the last polls, oldest first; nil where one failed.
  package var history: [Double?]
  /// Samples of the last scrape.
  package var samples: Int?
  /// What it depends on and is not up.
  package var blockedBy: String?
  package var flapping: Flapping?
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

extension EndpointRow.Flapping {
  /// Nil while it does not.
  init?(_ flapping: Probes.Flapping, at now: Instant) {
    var flapping = flapping
    flapping.advance(to: now)
    guard flapping.isOn else { return nil }
    self.init(changes: flapping.count, within: flapping.window)
  }
}
