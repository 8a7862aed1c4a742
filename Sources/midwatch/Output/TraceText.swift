import Probes
import Values

/// A trace as plain text.
enum TraceText {
  static func text(_ trace: ProbeTrace, at now: Instant) -> String {
    trace.lines(at: now).map { line in
      let sign =
        switch line.role {
        case .good: "✓ "
        case .bad: "✖ "
        case .unknown: "? "
        default: ""
        }
      return String(repeating: "  ", count: line.depth) + sign + line.text
    }.joined(separator: "\n")
  }
}
