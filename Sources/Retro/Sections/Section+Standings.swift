import Incidents
import Values

/// How long it stood at each severity and in each status.
extension IncidentReport {
  /// A stretch of time under one name.
  struct Standing: Equatable {
    let name: String
    let from: Instant
    let until: Instant

    /// Between the seconds that are shown of its ends; what is shorter than a second as it is.
    var shown: Span {
      func second(_ instant: Instant) -> Int64 { Int64(instant.seconds.rounded(.down)) }
      let whole = second(until) - second(from)
      return whole > 0 ? .seconds(whole) : until - from
    }
  }

  var standingBlocks: [RetroBlock] {
    Self.standingTable("Time in each severity", "Severity", severityStandings)
      + Self.standingTable("Time in each status", "Status", statusStandings)
  }

  /// From its declaration; the time between a resolution and a reopening is at none.
  var severityStandings: [Standing] {
    stretches { event in
      if let fact = event.fact(IncidentDeclared.self) { return .named(fact.severity.rawValue) }
      if let fact = event.fact(IncidentSeverityChanged.self) { return .named(fact.to.rawValue) }
      guard let fact = event.fact(IncidentStatusChanged.self) else { return nil }
      return fact.to == .resolved ? .paused : .resumed
    }
  }

  /// From its declaration; Resolved only where it was reopened.
  var statusStandings: [Standing] {
    stretches { event in
      if event.kind == IncidentDeclared.kind, event.body != nil {
        return .named(Status.investigating.rawValue)
      }
      return event.fact(IncidentStatusChanged.self).map { .named($0.to.rawValue) }
    }.filter { $0.name != Status.resolved.rawValue || $0.until < end }
  }

  private enum Turn {
    case named(String)
    case paused, resumed
  }

  private var end: Instant { max(incident.closed ?? made, incident.declaredAt ?? made) }

  private func stretches(_ turn: (Event) -> Turn?) -> [Standing] {
    var found: [Standing] = []
    var name: String?
    var since: Instant?
    func close(_ at: Instant) {
      if let name, let since, since < at { found.append(Standing(name: name, from: since, until: at)) }
    }
    let told = events(IncidentDeclared.kind, IncidentSeverityChanged.kind, IncidentStatusChanged.kind)
    for event in told where event.incident == incident.key && event.occurred <= end {
      switch turn(event) {
      case .named(let new)?:
        if since != nil || name == nil {
          close(event.occurred)
          since = event.occurred
        }
        name = new
      case .paused?:
        close(event.occurred)
        since = nil
      case .resumed?: since = since ?? event.occurred
      case nil: break
      }
    }
    close(end)
    return found
  }

  private static func standingTable(_ caption: String, _ heading: String, _ all: [Standing]) -> [RetroBlock] {
    var names: [String] = []
    for one in all where !names.contains(one.name) { names.append(one.name) }
    let rows = names.map { name -> [RetroTable.Cell] in
      let own = all.filter { $0.name == name }
      let total = own.reduce(Span.zero) { $0 + $1.shown }
      let spans = own.map { "\($0.from.dateClockUTC) to \($0.until.dateClockUTC)" }
      return [.init(name), .init(total.short), .init(spans.joined(separator: "; "))]
    }
    return table(caption, [heading, "For", "UTC"], rows)
  }
}
