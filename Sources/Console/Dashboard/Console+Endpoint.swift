import Probes
import Terminal
import Values
import Watch

/// One endpoint whole: what is known of it, and a probe of it with everything written down.
extension Console {
  /// Shows what is known at once, and asks for a trace; it comes below when it comes.
  mutating func showEndpoint(at now: Instant) -> [Effect] {
    guard case .endpoint(let system, let name) = subject, let row = world.endpoint(system, name) else {
      return []
    }
    let number = acts.number()
    var page = TextPage(title: "\(system) \(name)", lines: EndpointPage(row: row).lines(at: now))
    page.lines += [("", .text), ("probing it …", .dim)]
    page.awaits = number
    return open(.page(page)) + [.trace(number, system: system, endpoint: name)]
  }

  mutating func traced(_ answer: TraceAnswer, at now: Instant) {
    guard case .page(var page) = shell.overlay, page.awaits == answer.id else { return }
    page.awaits = nil
    // What stood for it goes.
    page.lines.removeLast()
    if let refused = answer.refused { page.lines.append((refused, .dim)) }
    if let trace = answer.trace {
      page.lines.append(("probed just now, for this page alone", .strong))
      page.lines += Self.lines(trace, at: now)
    }
    for failure in answer.failures {
      page.lines += [("", .text), ("failed at \(failure.at.clockUTC)", .strong)]
      page.lines += Self.lines(failure, at: failure.at)
    }
    shell.overlay = .page(page)
  }

  private static func lines(_ trace: ProbeTrace, at now: Instant) -> [(String, Style)] {
    trace.lines(at: now).map { line in
      let indent = String(repeating: "  ", count: line.depth)
      switch line.role {
      case .good: return ("\(indent)\(Sign.done.glyph) \(line.text)", .up)
      case .bad: return ("\(indent)\(Sign.failed.glyph) \(line.text)", .down)
      case .unknown: return ("\(indent)\(Sign.stale.glyph) \(line.text)", .unknown)
      case .heading: return (indent + line.text, .strong)
      case .plain, .sent, .received: return (indent + line.text, .text)
      case .aside: return (indent + line.text, .dim)
      }
    }
  }
}
