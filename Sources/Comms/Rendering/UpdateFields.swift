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
  /// Titles.
  package var systems: [String] = []
  package var started: Instant?
  package var resolved: Instant?
  package var commander: String?
  /// Whether data was lost, in words.
  package var dataLost: String?
  /// How many updates to the same audience went out before.
  package var earlierUpdates: Int?
  /// When the next update is promised.
  package var nextUpdate: Instant?
  /// What has been done, oldest first.
  package var actions: [String] = []
  /// By name, from system.yaml.
  package var links: [String: String] = [:]
  /// Answers given for variables.
  package var answers: [String: String] = [:]

  package init() {}

  /// What an incident's own events tell.
  package init(_ incident: Incident) {
    self.incident = incident.key
    number = incident.number
    title = incident.title
    severity = incident.severity
    severityName = incident.severityName
    status = incident.status
    impact = incident.impact
    affected = incident.affected
    systems = incident.systems
    started = incident.started
    resolved = incident.resolved
    commander = incident.commander
    dataLost = incident.dataLost
  }

  /// The fields that an incident can give, and what each says; the answers to variables come on top and win.
  package static let known: [(name: String, says: String)] = [
    ("incident", "its key, `INC-14`; an outward text must not show it"),
    ("incident.number", "`14`"),
    ("incident.title", "as `title`"),
    ("title", "its title"),
    ("severity", "what this house calls it, else `S1` to `S4`"),
    ("status", "`Investigating`, `Identified`, `Monitoring` or `Resolved`"),
    ("impact", "what people notice"),
    ("affected", "what does not work; as a section, one after the other"),
    ("system", "the title of the first system"),
    ("systems", "the titles of its systems; as a section, one after the other"),
    ("started", "when it started, `03:05 UTC`, with the date on another day"),
    ("resolved", "when it was resolved"),
    ("duration", "how long it has lasted, or lasted, `1h52m`"),
    ("commander", "the handle of who commands"),
    ("data_lost", "whether data was lost, as it was said when it was resolved"),
    ("update.number", "which update to this audience it is, `3`"),
    ("next_update", "the promise, `03:30 UTC`, with the date on another day"),
    ("actions", "the steps that were done; as a section, one after the other"),
    ("links.NAME", "an address under `links` in system.yaml"),
    ("recipient", "whose copy it is, of a draft that goes to several"),
  ]

  /// Those of ``known`` that have a value, and the answers.
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
    set("system", systems.first)
    set("started", started.map { Self.time($0, at: now) })
    set("resolved", resolved.map { Self.time($0, at: now) })
    set("duration", started.map { ((resolved ?? now) - $0).short })
    set("commander", commander)
    set("data_lost", dataLost)
    set("update.number", earlierUpdates.map { "\($0 + 1)" })
    set("next_update", nextUpdate.map { Self.time($0, at: now) })
    if !affected.isEmpty { fields["affected"] = .list(affected) }
    if !systems.isEmpty { fields["systems"] = .list(systems) }
    if !actions.isEmpty { fields["actions"] = .list(actions) }
    for (name, link) in links { set("links.\(name)", link) }
    for (name, answer) in answers { set(name, answer) }
    return fields
  }

  /// `03:30 UTC`, or `2026-11-22 00:10 UTC` on another day, and where it is so far ahead that the same time of day has
  /// only just been.
  package static func time(_ instant: Instant, at now: Instant) -> String {
    let civil = CivilTime(instant)
    let clock = "\(civil.hour.padded(2)):\(civil.minute.padded(2)) UTC"
    let isFar = instant > now + .hours(18)
    guard isFar || civil.daysSinceEpoch != CivilTime(now).daysSinceEpoch else { return clock }
    return "\(civil.year.padded(4))-\(civil.month.padded(2))-\(civil.day.padded(2)) \(clock)"
  }
}
