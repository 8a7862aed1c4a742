import Host
import Incidents
import Journal
import Transfer
import Values
import Watch

/// What a running engine says of alerts: only it knows what inhibits them.
enum EngineRows {
  /// By the alert's key; nil when no engine answers for all of `systems` within half a second.
  static func alerts(of systems: Set<String>, socket path: String) -> [String: AlertRow]? {
    let news = Mailbox<EngineClient.News>()
    guard !systems.isEmpty,
      let client = EngineClient(path: path, subscribe: true, hear: { news.post($0) })
    else { return nil }
    defer { client.stop() }
    var rows: [String: AlertRow] = [:]
    var missing = systems
    let limit = Clock.now() + .milliseconds(500)
    while Clock.now() < limit {
      _ = news.wait(timeout: .milliseconds(50))
      for item in news.drain() {
        if case .lost = item { return nil }
        guard case .snapshot(let snapshot) = item else { continue }
        missing.remove(snapshot.system)
        for row in snapshot.alerts { rows[row.id] = row }
      }
      if missing.isEmpty { return rows }
    }
    return nil
  }
}
