import Comms
import Incidents
import Values

extension HandOver {
  /// One part of it as lines for people; a screen and a file show the same.
  package struct Part: Equatable, Sendable {
    package let title: String
    package let lines: [Line]
    /// The sentence that stands there when there is no line.
    package let empty: String
  }

  package struct Line: Equatable, Sendable {
    package let tone: TimelineLine.Tone
    package let sign: String
    /// As written: remote text in it is not yet made inert.
    package let text: String
    /// A second line, such as how to take something back.
    package let detail: String?

    init(_ tone: TimelineLine.Tone, _ sign: String, _ text: String, detail: String? = nil) {
      self.tone = tone
      self.sign = sign
      self.text = text
      self.detail = detail
    }
  }

  /// `INC-14 S1 (P1) Investigating for 7m12s`.
  package var state: String {
    let name = incident.severityName.map { " (\($0))" } ?? ""
    let since = incident.started.map {
      ", began \($0.dateClockUTC), \(((incident.resolved ?? made) - $0).short) ago"
    }
    let ended = incident.resolved.map { ", resolved \($0.dateClockUTC)" } ?? since ?? ""
    return "\(incident.severity.rawValue)\(name) \(incident.standing)\(ended)"
  }

  /// The most pressing first.
  package var parts: [Part] {
    [
      Part(title: "State", lines: stateLines, empty: ""),
      Part(title: "Roles", lines: roleLines, empty: "Nobody has a role."),
      Part(title: "Timers", lines: timers.map(line), empty: "No clock runs."),
      Part(title: "Open tasks", lines: openTasks.map(line), empty: "No task is open."),
      Part(title: "Asks", lines: asks.map(line), empty: "Nothing waits for anybody."),
      Part(title: "Last update", lines: updateLines, empty: "No update went out yet."),
      Part(title: "In force", lines: inForce.map(line), empty: "Nothing temporary is in force."),
      Part(title: "Tried", lines: tried.map(line), empty: "No step was done, and no command was run."),
      Part(title: "Decided", lines: remembered.map(line), empty: "Nothing was decided or pinned."),
    ]
  }

  private var stateLines: [Line] {
    let systems = incident.systems.joined(separator: ", ")
    return [
      Line(incident.isOpen ? .page : .good, incident.isOpen ? "●" : "✓", state),
      Line(incident.impact == nil ? .warn : .plain, "·", "impact: \(incident.impact ?? "not said yet")"),
      Line(.plain, "·", "systems: \(systems.isEmpty ? "none" : systems)"),
    ]
  }

  private var roleLines: [Line] {
    guard !roles.isEmpty else { return [] }
    let words = roles.map { "\($0.role) \($0.who ?? "nobody")" }.joined(separator: " · ")
    return [Line(incident.commander == nil ? .warn : .plain, "·", words)]
  }

  private func line(_ timer: Timer) -> Line {
    let left = timer.due - made
    let when = left < .days(1) ? timer.due.minuteUTC : timer.due.dateClockUTC
    let who = timer.who.map { timer.title.contains($0) ? "" : ", \($0)" } ?? ""
    let note = (timer.promised ? ", as promised" : "") + who
    switch timer.state {
    case "overdue": return Line(.page, "●", "\(timer.title) \(timer.standing), due \(when)\(note)")
    case "running":
      let asks = timer.asks.map { ": \($0)" } ?? ""
      return Line(
        left < .minutes(3) ? .warn : .plain, "·", "\(timer.title) \(timer.standing), at \(when)\(note)\(asks)"
      )
    case "met":
      let isLate = timer.standing.hasSuffix(" late")
      return Line(isLate ? .warn : .good, isLate ? "▲" : "✓", "\(timer.title) \(timer.standing)")
    default: return Line(.plain, "–", "\(timer.title) \(timer.standing), due \(when)\(note)")
    }
  }

  private func line(_ task: Incident.Task) -> Line {
    let owner = task.owner ?? "nobody"
    guard let due = task.due else { return Line(.plain, "☐", "\(task.title) — \(owner)") }
    let left = due - made
    let words = left > .zero ? "\(left.short) left" : "late by \((made - due).short)"
    return Line(
      left > .zero ? .plain : .page, "☐", "\(task.title) — \(owner), until \(due.minuteUTC), \(words)")
  }

  private func line(_ ask: Ask) -> Line {
    Line(.warn, "▸", ask.what + (ask.who.map { " (\($0))" } ?? ""))
  }

  private var updateLines: [Line] {
    let updates = lastUpdates
    let sent = updates.map { update in
      let late = update.lateBy.flatMap { $0 > .zero ? ", \($0.short) later than promised" : nil } ?? ""
      let to = update.destinations.isEmpty ? "" : " by \(update.destinations.joined(separator: ", "))"
      return Line(
        .sent, "»",
        "\(update.at.minuteUTC) to \(update.audience ?? "everybody")\(to)\(late): \(update.subject ?? "")",
        detail: update.text)
    }
    let promises = nextPromises
    let next = promises.map { promise in
      let isLate = promise.due <= made
      let when = isLate ? "\((made - promise.due).short) ago" : "in \((promise.due - made).short)"
      // Where there is one audience it stands above.
      let whom = updates.count > 1 || promises.count > 1 ? promise.audience.map { " to \($0)" } ?? "" : ""
      return Line(
        isLate ? .page : .plain, isLate ? "●" : "»",
        "next\(whom) promised for \(promise.due.minuteUTC(at: made)), \(when)")
    }
    if updates.isEmpty, next.isEmpty { return [] }
    return sent + (next.isEmpty ? [Line(.plain, "·", "no next update is promised")] : next)
  }

  private func line(_ change: Change) -> Line {
    Line(
      .warn, "▲", "\(change.what) — \(change.by) at \(change.at.minuteUTC), \(change.place)",
      detail: "undo: \(change.undo)")
  }

  private func line(_ attempt: Attempt) -> Line {
    let tone: TimelineLine.Tone = attempt.succeeded.map { $0 ? .good : .bad } ?? .plain
    let sign = attempt.succeeded.map { $0 ? "✓" : "✖" } ?? "·"
    return Line(
      tone, sign,
      "\(attempt.at.minuteUTC) \(attempt.place) \(attempt.what) — \(attempt.outcome), \(attempt.by)")
  }

  private func line(_ entry: TimelineLine) -> Line {
    Line(
      entry.tone, entry.isPinned ? "★" : entry.sign,
      "\(entry.occurred.minuteUTC) \(entry.text)" + (entry.actor.map { " — \($0)" } ?? ""),
      detail: entry.detail)
  }
}
