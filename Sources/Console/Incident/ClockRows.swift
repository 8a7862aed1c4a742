import Comms
import Incidents
import Terminal
import Values

/// What is due in an incident, one a line: what is overdue, what was met, what comes, and what is silent. Time
/// boxes stand with their tasks.
struct ClockRows {
  let world: World
  let incident: Incident
  let now: Instant

  var rows: [Spans] {
    let loud = due.filter { !isSilent($0) }
    let late = loud.filter { $0.due <= now }, coming = loud.filter { $0.due > now }
    return late.map(row) + met + coming.map(row) + held + due.filter(isSilent).map(silent)
  }

  /// What runs out next, on one line.
  var line: [Segment] {
    let coming = world.deadlines(of: incident.key, at: now)
    return coming.enumerated().map { index, deadline in
      let count = world.countdown(deadline)
      return Segment([(count.text(at: now), count.style(at: now))], drop: index)
    }
  }

  private var due: [Deadline] {
    let all = world.deadlines.filter { $0.incident == incident.key }
    // Of the ladder what has come, and the rung that is next.
    let next = incident.nextRung(at: now)?.name
    return all.filter { deadline in
      switch deadline.name {
      case .task: false
      case .rung(let name): deadline.due <= now || name == next
      default: true
      }
    }
  }

  private func isSilent(_ deadline: Deadline) -> Bool {
    if case .snoozed = deadline.state(at: now) { true } else { false }
  }

  private var met: [Spans] {
    incident.clocks.compactMap { clock in
      guard let met = clock.met else {
        return incident.isOpen ? nil : [(Sign.warn.glyph, .warn), (" \(clock.name)  not met", .text)]
      }
      let isLate = met > clock.due
      let words =
        isLate ? "met \((met - clock.due).whole) late" : "met in \((met - (incident.started ?? met)).whole)"
      return [
        (isLate ? Sign.warn.glyph : Sign.done.glyph, isLate ? .warn : .up), (" \(clock.name)  ", .dim),
        (words, .text),
      ]
    }
  }

  private var held: [Spans] {
    guard incident.isOpen, let rung = incident.rung(at: now) else { return [] }
    return [[("  \(rung.name) holds\(rung.contact.map { ": \($0)" } ?? "")", .dim)]]
  }

  private func row(_ deadline: Deadline) -> Spans {
    let count = world.countdown(deadline)
    let isLate = deadline.due <= now
    var isUpdate = false
    var verb = "due "
    var more = ""
    switch deadline.name {
    case .update:
      isUpdate = true
      more = deadline.isPromised ? " (promised \(deadline.due.minuteUTC(at: now)))" : ""
    case .rung:
      verb = ""
      more = "  at \(deadline.due.minuteUTC)\(deadline.who.map { ": \($0)" } ?? "")"
    case .followUp: more = "  until \(deadline.due.dateClockUTC)"
    case .clock, .callOut, .task: break
    }
    let style = count.style(at: now)
    let sign = isLate ? Sign.page.glyph : isUpdate ? Sign.sent.glyph : " "
    return [(sign, style), (" \(count.text(at: now, verb: verb))", style), (more, .dim)]
  }

  private func silent(_ deadline: Deadline) -> Spans {
    let label = world.countdown(deadline).name
    return [(Sign.maintenance.glyph, .dim), (" \(label) \(deadline.standing(at: now))", .dim)]
  }
}
