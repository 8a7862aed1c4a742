import Incidents
import Values

/// What an incident gives to its templates, as values.
package struct UpdateFields: Equatable, Sendable {
  /// `INC-14`.
  package var incident: String?
  package var number: Int?
  package var title: String?
  package var severity: Severity?
  /// What this house calls the severity; nil is its own name.
  package var severityName: String?
  package var status: Status?
  package var impact: String?
  package var affected: [String] = []
  package var systems: [String] = []
  package var started: Instant?
  package var resolved: Instant?
  package var commander: String?
  /// When the next update is promised.
  package var nextUpdate: Instant?
  /// What has been done, oldest first.
  package var actions: [String] = []
  /// By name, from system.yaml.
  package var links: [String: String] = [:]
  /// Answers given for variables.
  package var answers: [String: String] = [:]

  package init() {}

  /// The fields: `title`, `severity`, `status`, `impact`, `affected`, `systems`, `started`, `resolved`,
  /// `duration`, `commander`, `next_update`, `actions`, `incident`, `incident.number`, `links.NAME`, and the
  /// answers, which win.
  ///
  /// - Parameter now: tells whether a time needs its date, and how long it has lasted.
  package func fields(at now: Instant) -> [String: Field] {
    var fields: [String: Field] = [:]
    func set(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { fields[name] = .text(value) }
    }
    set("incident", incident)
    set("incident.number", number.map(String.init))
    set("incident.title", title)
    set("title", title)
    set("severity", severityName ?? severity?.rawValue)
    set("status", status?.rawValue)
    set("impact", impact)
    set("started", started.map { Self.time($0, at: now) })
    set("resolved", resolved.map { Self.time($0, at: now) })
    set("duration", started.map { ((resolved ?? now) - $0).short })
    set("commander", commander)
    set("next_update", nextUpdate.map { Self.time($0, at: now) })
    if !affected.isEmpty { fields["affected"] = .list(affected) }
    if !systems.isEmpty { fields["systems"] = .list(systems) }
    if !actions.isEmpty { fields["actions"] = .list(actions) }
    for (name, link) in links { set("links.\(name)", link) }
    for (name, answer) in answers { set(name, answer) }
    return fields
  }

  /// `03:30 UTC`, or `2026-11-22 00:10 UTC` on another day.
  package static func time(_ instant: Instant, at now: Instant) -> String {
    let civil = CivilTime(instant)
    let clock = "\(civil.hour.padded(2)):\(civil.minute.padded(2)) UTC"
    guard civil.daysSinceEpoch != CivilTime(now).daysSinceEpoch else { return clock }
    return "\(civil.year.padded(4))-\(civil.month.padded(2))-\(civil.day.padded(2)) \(clock)"
  }
}
