import Incidents
import Terminal
import Values

/// The line above the footer while an incident is open: how bad, how long, what is due next.
struct IncidentBar {
  let world: World
  let incident: Incident
  let now: Instant

  func draw(in frame: inout Frame, _ line: Rect) {
    frame.rule(line, title: segments(width: line.width))
  }

  /// Most needed first: those that do not fit are dropped from the last.
  private func segments(width: Int) -> [Spans] {
    let level = Marks.level(incident.severity)
    let style = Marks.style(level)
    let more = world.ledger.openIncidents.count - 1
    var all: [Spans] = [
      [
        ("\(incident.key) ", .strong),
        ("\(Marks.sign(level).glyph) \(incident.severity.rawValue)", style),
        (" \(incident.status.rawValue)", .text),
        (" \((now - (incident.started ?? now)).whole)", .dim),
        (more > 0 ? " +\(more) open" : "", .warn),
      ]
    ]
    all += deadlines(width: width).sorted { $0.due < $1.due }.map(\.spans)
    if !chain.isEmpty { all.append(chain) }
    if let clock = world.nextClock(of: incident, at: now) {
      all.append([(clock.text(at: now, verb: ""), clock.style(at: now))])
    }
    if let commander = incident.commander { all.append([("commander \(commander)", .dim)]) }
    return all
  }

  /// The next update and the next step of the escalation.
  private func deadlines(width: Int) -> [(due: Instant, spans: Spans)] {
    var found: [(due: Instant, spans: Spans)] = []
    if let update = world.updateCountdown(of: incident) {
      let promised = width < 100 ? nil : incident.promise.map { " (promised \($0.minuteUTC))" }
      found.append((update.due, [(update.text(at: now), update.style(at: now)), (promised ?? "", .dim)]))
    }
    if let rung = incident.nextRung(at: now) {
      let due = Countdown(name: rung.name, due: rung.due, from: incident.started)
      found.append((rung.due, [(due.text(at: now, verb: ""), due.style(at: now))]))
    }
    return found
  }

  private var chain: [(String, Style)] {
    guard let head = world.ledger.head else { return [] }
    return [("\(Sign.chain.glyph) \(head.count) \(head.hash.prefix(8))", .dim)]
  }
}

extension World {
  /// When the next update is due, if one is asked for.
  func updateCountdown(of incident: Incident) -> Countdown? {
    incident.updateDue.map {
      Countdown(name: "update", due: $0, from: incident.updates.last?.at ?? incident.declaredAt)
    }
  }

  /// The clock that runs out next and is not met.
  func nextClock(of incident: Incident, at now: Instant) -> Countdown? {
    incident.clocks.filter { $0.met == nil }.min { $0.due < $1.due }.map {
      Countdown(name: $0.name, due: $0.due, from: incident.started)
    }
  }
}

extension Span {
  /// As ``short``, never below whole seconds.
  var whole: String { Span.seconds(Int64(max(0, seconds).rounded(.down))).short }
}
