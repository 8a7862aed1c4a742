import Incidents
import Values

/// What was decided, asked for, changed for a while, and done.
extension IncidentReport {
  var decisionBlocks: [RetroBlock] {
    let rows = incident.decisions.map { one -> [RetroTable.Cell] in
      [
        .init(one.at.dateClockUTC), .init(one.text), .init(one.objections ?? ""), .init(one.executes ?? ""),
        .init(one.by),
      ]
    }
    return Self.table("Decisions", ["UTC", "Decision", "Objections", "Carried out by", "By"], rows)
  }

  var taskBlocks: [RetroBlock] {
    let rows = incident.tasks.map { task -> [RetroTable.Cell] in
      let state = task.isOpen ? "open" : task.isDropped ? "dropped" : "done"
      return [
        .init(task.id), .init(task.title), .init(task.owner ?? ""), .init(task.due?.dateClockUTC ?? ""),
        .init(task.done.map { "\(state) \($0.dateClockUTC)" } ?? state), .init(task.outcome ?? ""),
      ]
    }
    return Self.table("Tasks", ["Task", "What", "Owner", "Due (UTC)", "State", "Outcome"], rows)
  }

  /// What people did, without what they only wrote down.
  var actBlocks: [RetroBlock] {
    let words: Set<String> = [
      "ack", "step", "ran", "role", "hand-over", "task", "decided", "status", "severity", "silence", "link",
      "unlink", "in force", "undone",
    ]
    let acts = timeline.lines.filter { words.contains($0.word) && $0.actor != nil && $0.retracted == nil }
    guard !acts.isEmpty else { return [] }
    return [
      .list(acts.map { "\($0.occurred.clockUTC) \($0.word): \($0.text) (\($0.actor ?? ""))" })
    ]
  }

  var detectionBlocks: [RetroBlock] {
    let cause = incident.declared?.from
    let from = [
      cause?.alert.map { "the alert \($0.rule)" }, cause?.ticket.map { "the ticket \($0)" },
      cause?.template.map { "the template \($0)" },
    ].compactMap { $0 }
    let first = keyTimes.first { $0.name == "detected" }
    let alert = events(AlertFired.kind).first {
      $0.occurred >= incident.started ?? $0.occurred
    }?.fact(AlertFired.self)
    return written("detection")
      + Self.facts([
        ("First alert", first.flatMap { time in alert.map { "\($0.rule) at \(time.at.dateClockUTC)" } }),
        ("Time to detect", first.map(\.sinceStart.short)),
        ("Declared from", from.isEmpty ? nil : from.joined(separator: " and ")),
        ("Declared by", incident.declaredBy),
      ])
  }

  var resolutionBlocks: [RetroBlock] {
    let rows = incident.resolutions.map { one -> [RetroTable.Cell] in
      [
        .init(one.at.dateClockUTC), .init(one.by), .init(one.dataLost ?? ""),
        .init(one.reopened?.dateClockUTC ?? ""),
      ]
    }
    return written("resolution")
      + Self.table("Resolved", ["UTC", "By", "Data lost", "Reopened (UTC)"], rows)
  }
}
