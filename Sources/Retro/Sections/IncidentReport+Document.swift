import Incidents
import Values

extension IncidentReport {
  /// All sections of the retro, those that nothing is known for too.
  ///
  /// - Parameter filter: which lines of the timeline are shown.
  package func document(_ filter: TimelineFilter = .all) -> RetroDocument {
    let blocks: [(String, [RetroBlock])] =
      [
        ("summary", summaryBlocks), ("impact", impactBlocks), ("key_times", keyTimeBlocks),
        ("standings", standingBlocks), ("roles", roleBlocks), ("timeline", timelineBlocks(filter)),
        ("runs", runBlocks), ("acts", actBlocks), ("evidence", evidenceBlocks),
        ("charts", charts.map { .chart($0) } + chartRemarks.map { .warning($0) }), ("updates", updateBlocks),
        ("tickets", ticketBlocks),
        ("decisions", decisionBlocks), ("tasks", taskBlocks), ("effects", effectBlocks),
        ("detection", detectionBlocks), ("resolution", resolutionBlocks), ("actions", actionBlocks),
        ("follow_ups", followUpBlocks), ("amended", amendedBlocks), ("removed", removedBlocks),
        ("integrity", integrityBlocks),
      ] + (RetroSection.writtenOnly + ownParts).map { ($0, written($0)) }
    return RetroDocument(
      title: removed == nil ? "\(incident.key) \(incident.title)" : incident.title, values: values,
      sections: blocks.map { RetroSection(id: $0, title: RetroSection.title($0), blocks: $1) },
      stamp: stamp, made: made)
  }

  private var values: [String: String] {
    let name = incident.severityName.map { " (\($0))" } ?? ""
    var values = [
      "title": incident.title, "incident": incident.key, "severity": incident.severity.rawValue + name,
      "status": incident.standing, "systems": incident.systems.joined(separator: ", "),
      "made": made.dateClockUTC, "zone": zone.title,
    ]
    // Prompts to write something are for the house.
    if removed == nil { values["inside"] = "yes" } else { values["incident"] = nil }
    values["started"] = incident.started?.dateClockUTC
    values["declared"] = incident.declaredAt?.dateClockUTC
    values["resolved"] = incident.resolved?.dateClockUTC
    values["duration"] = incident.started.map { ((incident.closed ?? made) - $0).short }
    values["commander"] = incident.commander
    return values.filter { !$0.value.isEmpty }
  }

  /// What somebody wrote for that section.
  func written(_ section: String) -> [RetroBlock] {
    retro.sections[section].map { [.written($0.text)] } ?? []
  }

  /// Sections that only this house has.
  private var ownParts: [String] { retro.written.map(\.part.name).filter { $0.hasPrefix("x_") } }

  /// A table, unless nothing is in it.
  static func table(_ caption: String, _ headings: [String], _ rows: [[RetroTable.Cell]]) -> [RetroBlock] {
    rows.isEmpty ? [] : [.table(RetroTable(caption: caption, headings: headings, rows: rows))]
  }

  /// Facts, unless there are none; those without a text are left out.
  static func facts(_ facts: [(String, String?)]) -> [RetroBlock] {
    let known = facts.compactMap { name, text in text.map { RetroFact(name, $0) } }
    return known.isEmpty ? [] : [.facts(known)]
  }
}
