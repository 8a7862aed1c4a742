import Glibc
import Values
import Watch

/// Ends processes that a console left behind: their groups are asked, and killed when they stay.
struct OrphanEnding {
  private var kills: [(id: String, at: Uptime)] = []

  var nextDeadline: Uptime? { kills.map(\.at).min() }

  mutating func end(_ id: String, grace: Span, at now: Uptime) {
    guard !kills.contains(where: { $0.id == id }) else { return }
    Self.signal(id, [SIGTERM, SIGCONT])
    kills.append((id, now + grace))
  }

  mutating func advance(at now: Uptime) {
    for due in kills where due.at <= now { Self.signal(due.id, [SIGKILL]) }
    kills.removeAll { $0.at <= now }
  }

  /// Looked for each time anew: a number may be another's by now.
  private static func signal(_ id: String, _ signals: [Int32]) {
    let groups = Set(ProcessTable.orphans(of: [id]).map { getpgid($0.pid) }.filter { $0 > 1 })
    for group in groups { for signal in signals { kill(-group, signal) } }
  }
}
