import Values

/// Silences and acknowledgements that end by themselves: which of them are over and not written so yet.
package struct Lapses: Sendable {
  private let silences: [(key: String, end: Instant)]
  private let alerts: [(identity: AlertIdentity, end: Instant)]

  /// - Parameters:
  ///   - silences: those that are open.
  ///   - alerts: those that fire.
  package init(silences: [Silence] = [], alerts: [Alert] = []) {
    self.silences = silences.compactMap { silence in silence.end.map { (silence.key, $0) } }
    self.alerts = alerts.compactMap { alert in
      guard let identity = alert.identity, let until = alert.acknowledgement?.until else { return nil }
      return (identity, until)
    }
  }

  /// What to write at `now`; nil when nothing is over. Linear in what is open.
  package func due(at now: Instant) -> RecordLapses? {
    let act = RecordLapses(
      silences: silences.filter { $0.end <= now }.map(\.key),
      alerts: alerts.filter { $0.end <= now }.map(\.identity))
    return act.silences.isEmpty && act.alerts.isEmpty ? nil : act
  }
}
