import Serving
import Values
import Watch

/// Whether the agent does what it is there for: it holds the lock, writes the journal and evaluates in time.
package enum AgentHealth {
  /// A group that is later than three of its intervals, and than this, is not well.
  private static let patience = Span.seconds(30)

  /// - Parameter figures: nil while another process is the engine.
  package static func response(_ status: EngineStatus, _ figures: EngineFigures?, at now: Instant)
    -> HTTPResponse
  {
    trouble(status, figures, at: now).map { HTTPResponse(503, text: $0) } ?? HTTPResponse(200, text: "ok")
  }

  /// What is wrong, as a sentence; nil when all is well.
  package static func trouble(_ status: EngineStatus, _ figures: EngineFigures?, at now: Instant) -> String? {
    guard status.role == .engine, let figures else {
      let holder = status.pid.map { "Process \($0)" } ?? "Another process"
      return status.role == .none
        ? "The engine lock is not held yet." : "\(holder) holds the engine lock; this one waits."
    }
    if let trouble = status.trouble { return trouble }
    for system in figures.systems {
      for group in system.groups {
        let name = "The rule group \(Inert.terminal(group.name)) of \(Inert.terminal(system.system))"
        guard let last = group.lastEvaluation else { return "\(name) has not been evaluated yet." }
        if now - last > max(patience, group.every * 3) {
          return "\(name) was evaluated \((now - last).short) ago and is due every \(group.every.short)."
        }
      }
    }
    return nil
  }
}
