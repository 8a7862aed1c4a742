import Alerting
import Incidents
import Metrics
import Terminal
import Values
import Watch

/// One thing that keeps alerts from being heard, as a row: a silence, or a window of maintenance.
struct MutingItem {
  enum What {
    case silence(Silence)
    case window(MaintenanceRow)
  }

  let what: What
  let system: String
  /// Alerts that it hides now.
  let hidden: Int

  var id: String {
    switch what {
    case .silence(let silence): silence.key
    case .window(let row): "\(system)/\(row.title)@\(row.start.milliseconds)"
    }
  }

  var silence: Silence? { if case .silence(let silence) = what { silence } else { nil } }

  /// `SIL-3`, `Patch night`.
  var name: String {
    switch what {
    case .silence(let silence): silence.key
    case .window(let row): row.title
    }
  }

  /// Matchers, or whom the window covers.
  var covers: String {
    switch what {
    case .silence(let silence): silence.fact?.matchers.joined(separator: ", ") ?? ""
    case .window(let row):
      row.isWholeSystem ? "the whole system" : (row.endpoints + row.matchers).joined(separator: ", ")
    }
  }

  /// Who wants it, and why.
  var why: String {
    switch what {
    case .silence(let silence): "\(silence.by ?? ""): \(silence.fact?.comment ?? "")"
    case .window: "maintenance"
    }
  }

  var searched: String { "\(name) \(system) \(covers) \(why)" }

  func isHolding(at now: Instant) -> Bool {
    switch what {
    case .silence(let silence): silence.isActive(at: now)
    case .window(let row): row.start <= now && now < row.until
    }
  }

  /// `ends 04:12Z in 59m`, `begins 22:00Z in 2d04h`, and how loudly to say it.
  func time(at now: Instant) -> (text: String, style: Style) {
    let (start, end): (Instant?, Instant?) =
      switch what {
      case .silence(let silence): (silence.fact?.start, silence.end)
      case .window(let row): (row.start, row.until)
      }
    guard let start, let end else { return ("", .dim) }
    if start > now { return ("begins \(Self.face(start, now)) in \((start - now).whole)", .dim) }
    return (
      "ends \(Self.face(end, now)) in \((end - now).whole)", Self.style(from: start, until: end, at: now)
    )
  }

  /// Loud in the last tenth, and in the last ten minutes of what is longer than an hour.
  static func style(from start: Instant?, until end: Instant, at now: Instant) -> Style {
    let left = end - now
    guard let start, end > start else { return left < .minutes(10) ? .due : .dim }
    let isShort = end - start <= .hours(1)
    if left.seconds < (end - start).seconds * 0.1 || (!isShort && left < .minutes(10)) { return .due }
    return left.seconds < (end - start).seconds * 0.5 ? .text : .dim
  }

  private static func face(_ instant: Instant, _ now: Instant) -> String {
    CivilTime(instant).day == CivilTime(now).day && instant - now < .days(1)
      ? instant.minuteUTC : String(instant.dateClockUTC.dropFirst(5).dropLast(4)) + "Z"
  }
}

extension World {
  /// Silences that are not over, then windows of maintenance that take place, then those that come.
  func mutingItems(at now: Instant, filter: RowFilter = RowFilter("")) -> [MutingItem] {
    // The labels of each system's alerts are looked up once, not once for each silence.
    let labels = Dictionary(grouping: alertItems(at: now), by: \.identity.system)
      .mapValues { $0.map { Labels($0.identity.labels) } }
    let silenced = silences(at: now).compactMap { silence -> MutingItem? in
      guard let fact = silence.fact else { return nil }
      let matchers = silence.isActive(at: now) ? SilenceMatchers(stored: fact.matchers) : nil
      let hidden = matchers.map { matchers in (labels[fact.system] ?? []).count { matchers.matches($0) } }
      return MutingItem(what: .silence(silence), system: fact.system, hidden: hidden ?? 0)
    }
    let windows = systems.flatMap { system in
      system.maintenance.filter { $0.until > now }.map {
        MutingItem(what: .window($0), system: system.system, hidden: $0.muted)
      }
    }.sorted { ($0.isHolding(at: now) ? 0 : 1) < ($1.isHolding(at: now) ? 0 : 1) }
    return (silenced + windows).filter { filter.matches($0.searched) }
  }
}
