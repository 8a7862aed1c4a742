import Comms
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
        // Seen even where there is no room to say what it is.
        (elsewhere.isEmpty ? "" : " \(Sign.page.glyph)", .overdue),
      ]
    ]
    let own = world.deadlines(of: incident.key, at: now)
    let late = own.filter { $0.due <= now }
    let lateSpans = late.map { spans(of: $0, width: width) }
    all += lateSpans.prefix(1) + elsewhere + lateSpans.dropFirst()
    // A time box that runs stands with its task.
    let coming = own.filter { deadline in
      if case .task = deadline.name { false } else { deadline.due > now }
    }.map { spans(of: $0, width: width) }
    all += coming.prefix(2)
    if !chain.isEmpty { all.append(chain) }
    all += coming.dropFirst(2).prefix(1)
    if let commander = incident.commander { all.append([("commander \(commander)", .dim)]) }
    return all
  }

  /// One that is overdue has its sign, and nothing but what it is and how late.
  private func spans(of deadline: Deadline, width: Int) -> Spans {
    let count = world.countdown(deadline)
    guard deadline.due > now else {
      return [("\(Sign.page.glyph) \(count.text(at: now))", .overdue)]
    }
    guard case .update = deadline.name else {
      return [(count.text(at: now, verb: ""), count.style(at: now))]
    }
    let promised = deadline.isPromised && width >= 100 ? " (promised \(deadline.due.minuteUTC(at: now)))" : ""
    return [(count.text(at: now), count.style(at: now)), (promised, .dim)]
  }

  /// What is overdue in other incidents: the longest of each.
  private var elsewhere: [Spans] {
    var seen: Set<String> = [incident.key]
    return world.overdue(at: now).filter { seen.insert($0.incident).inserted }.map { deadline in
      let count = world.countdown(deadline)
      return [("\(Sign.page.glyph) \(deadline.incident) \(count.text(at: now))", .overdue)]
    }
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
}

extension Span {
  /// As ``short``, never below whole seconds.
  var whole: String { Span.seconds(Int64(max(0, seconds).rounded(.down))).short }
}
