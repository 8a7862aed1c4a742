import Incidents
import Playbooks
import Values

/// The report as CommonMark with GFM tables; every remote text in it is inert.
extension IncidentReport {
  package var markdown: String {
    var lines: [String] = []
    lines += ["# \(incident.key) \(Inert.markdown(incident.title))", ""]
    lines += facts + [""]
    lines += ["## Summary", "", summary, ""]
    lines += ["## Key times", ""] + keyTimesTable + [""]
    lines += ["## Updates", ""] + updatesText + [""]
    lines += ["## Actions", ""] + actionsText + [""]
    if !evidence.isEmpty { lines += ["## Evidence", ""] + evidence.flatMap(evidenceLines) }
    lines += ["## Timeline", ""] + timelineTable + [""]
    lines += ["## Integrity", ""] + integrity
    return lines.joined(separator: "\n") + "\n"
  }

  private var facts: [String] {
    let severity = incident.severity.rawValue + (incident.severityName.map { " (\($0))" } ?? "")
    var facts = [
      "- Severity: \(Inert.markdown(severity))", "- Status: \(incident.standing)",
      "- Systems: \(Inert.markdown(incident.systems.joined(separator: ", ")))",
      "- Impact: \(incident.impact.map(Inert.markdown) ?? "not described")",
    ]
    for (role, who) in incident.roles.sorted(by: { $0.key < $1.key }) {
      facts.append("- \(Inert.markdown(role.capitalizedFirst)): \(Inert.markdown(who))")
    }
    if !incident.affected.isEmpty {
      facts.append("- Affected: \(Inert.markdown(incident.affected.joined(separator: ", ")))")
    }
    for link in incident.links {
      let title = link.title.map { ", \(Inert.markdown($0))" } ?? ""
      facts.append("- \(link.label.capitalizedFirst): \(Inert.markdown(link.to))\(title)")
    }
    if let dataLost = incident.dataLost { facts.append("- Data lost: \(Inert.markdown(dataLost))") }
    return facts
  }

  private var summary: String {
    let started = incident.started.map { "It began at \($0.dateClockUTC)" } ?? "When it began is not known"
    let resolved = incident.resolutions.map { one in
      let took = incident.started.map { " after \((one.at - $0).short)" } ?? ""
      let again = one.reopened.map { ", and reopened at \($0.dateClockUTC)" } ?? ""
      return "was resolved at \(one.at.dateClockUTC)\(took)\(again)"
    }
    let merged = incident.merger.map { "was merged into \($0.to) at \($0.at.dateClockUTC)" }
    let isOpen = merged == nil && incident.resolved == nil
    let ends = resolved + [merged, isOpen ? "is not resolved" : nil].compactMap { $0 }
    let end = ends.map { " and \($0)" }.joined(separator: ",") + "."
    let sent = "\(updates.count) \(updates.count == 1 ? "update" : "updates") went out"
    let late = updates.filter { ($0.lateBy ?? .zero) > .zero }.count
    let missed = missedPromise.map { "the one promised for \($0.dateClockUTC) never came" }
    let kept =
      late == 0
      ? missed ?? "every promised time was kept"
      : "\(late) came later than promised"
        + (missed.map { ", and \($0)" } ?? "")
    return Inert.markdown("\(started)\(end) \(sent)" + (updates.isEmpty ? "." : "; \(kept)."))
  }

  private var keyTimesTable: [String] {
    let rows = keyTimes.map { time in
      [Inert.markdown(time.words), time.at.dateClockUTC] + local(time.at)
        + [time.sinceStart == .zero ? "" : "+\(time.sinceStart.short)"]
    }
    let warnings = disorder.map { "\nOut of order: \(Inert.markdown($0))." }
    return Self.table(["What", "UTC"] + zoneColumn + ["Since start"], rows) + warnings
  }

  private var updatesText: [String] {
    guard !updates.isEmpty else { return ["None was sent."] }
    return updates.flatMap { update -> [String] in
      let promise = update.nextUpdate.map { ", next promised for \($0.dateClockUTC)" } ?? ""
      let late =
        update.lateBy.map { $0 > .zero ? ", \($0.short) later than promised" : ", as promised" } ?? ""
      let head =
        "### \(update.at.dateClockUTC) to \(Inert.markdown(update.audience ?? "everybody")) by \(Inert.markdown(update.by))"
      let detail =
        "Destinations: \(Inert.markdown(update.destinations.joined(separator: ", ")))\(promise)\(late)."
      let text = ([update.subject.map { "Subject: \($0)" }, update.text] as [String?]).compactMap { $0 }
        .joined(separator: "\n\n")
      return [head, "", detail, ""] + OutputExcerpt.fenced(text, as: "text") + [""]
    }
  }

  private var actionsText: [String] {
    let words: Set<String> = [
      "ack", "step", "ran", "role", "hand-over", "task", "decided", "status", "severity", "silence", "link",
      "unlink",
    ]
    let acts = timeline.lines.filter { words.contains($0.word) && $0.actor != nil }
    guard !acts.isEmpty else { return ["None was recorded."] }
    return acts.map { line in
      "- \(line.occurred.clockUTC) \(Inert.markdown(line.word)): \(Inert.markdown(line.text))"
        + (line.actor.map { " — \(Inert.markdown($0))" } ?? "")
    }
  }

  private func evidenceLines(_ one: AttachedEvidence) -> [String] {
    let head = ["### \(one.name) \(Inert.markdown(one.fact.what))", ""]
    let command = OutputExcerpt.fenced(one.fact.from.text, as: "sh") + [""]
    let text: [String]
    if one.retracted != nil {
      text = []
    } else if let kept = texts[one.fact.blob.sha256] {
      text =
        kept.isEmpty
        ? ["It wrote nothing.", ""] : OutputExcerpt.fenced(OutputExcerpt.of(kept), as: "text") + [""]
    } else {
      text = ["Its text is not in the journal any more.", ""]
    }
    return head + command + one.markdown + [""] + text
  }

  private var timelineTable: [String] {
    let rows = timeline.lines.map { line -> [String] in
      var text = Inert.markdown(line.text)
      if let reason = line.retracted { text = "~~\(text)~~ (taken back: \(Inert.markdown(reason)))" }
      if let other = line.incident, other != incident.key { text += " (in \(Inert.markdown(other)))" }
      if let span = line.span { text += " (\(span))" }
      if line.isAmended { text += " (amended)" }
      if line.isBackdated { text += " (written down \(line.recorded.clockUTC))" }
      let pin = line.isPinned ? "★ " : ""
      return [line.occurred.dateClockUTC] + local(line.occurred)
        + ["\(pin)\(Inert.markdown(line.word))", text, line.actor.map(Inert.markdown) ?? ""]
    }
    return Self.table(["UTC"] + zoneColumn + ["What", "", "Who"], rows)
      + ["", "\(rows.count) of \(timeline.lines.count) lines shown."]
  }

  private var integrity: [String] {
    [
      "Written \(made.dateClockUTC) from the journal \(Inert.markdown(stamp.journal)) (origin \(stamp.origin)) "
        + "at event \(stamp.count), head \(stamp.head).",
      "`midwatch journal verify` tells whether that journal still says the same.",
    ]
  }

  /// The zone's name as a heading, unless it is UTC itself.
  private var zoneColumn: [String] { zone.offset == 0 ? [] : [Inert.markdown(zone.name)] }

  /// The local time of day as a cell, where there is such a column.
  private func local(_ instant: Instant) -> [String] {
    guard zone.offset != 0 else { return [] }
    let time = CivilTime(instant, offset: zone.offset)
    return ["\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"]
  }

  private static func table(_ headings: [String], _ rows: [[String]]) -> [String] {
    ([headings, headings.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
