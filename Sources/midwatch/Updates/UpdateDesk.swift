import Comms
import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Systems
import Values

/// What an update is written with, checked against and sent by: its incident, its system's folder, the drafts before.
struct UpdateDesk {
  let journal: Journal
  let now: Instant
  let incident: Incident?
  /// Nil where no system is named.
  let system: String?
  /// By name: the incident's systems', and those of recipients, as far as they are here.
  let folders: [String: SystemFolder]
  let sources: [String: SystemSource]
  /// Titles of the incident's systems, the leading one first.
  let titles: [String]

  /// Of the system that leads; nil where the folder is not here.
  var folder: SystemFolder? { system.flatMap { folders[$0] } }

  /// - Parameter others: systems of recipients.
  init(
    _ journal: Journal, incident: Incident?, system: String?, others: [String] = [], playbooks: String?,
    at now: Instant
  ) throws {
    self.journal = journal
    self.now = now
    self.incident = incident
    let systems = system.map { [$0] } ?? incident?.systems ?? []
    let all = (systems + others).reduce(into: [String]()) { all, one in
      if !all.contains(one) { all.append(one) }
    }
    let found = try IncidentFolders(all, playbooks: playbooks, secretsFor: journal)
    self.system = systems.first
    let folders = Dictionary(found.folders.map { ($0.name, $0) }) { first, _ in first }
    self.folders = folders
    sources = found.sources
    titles = systems.map { folders[$0]?.title ?? $0 }
    found.tellMissing()
  }

  /// Of a draft that is there already.
  init(_ draft: Draft, in journal: Journal, playbooks: String?, at now: Instant) throws {
    let incident = try draft.incident.flatMap { try journal.entity(Incident.self, key: $0) }
    try self.init(
      journal, incident: incident, system: draft.system, others: draft.recipients.compactMap(\.system),
      playbooks: playbooks, at: now)
  }

  var templates: [Template] { (folder?.templates ?? []).withBuiltIns }

  func template(_ name: String?) -> Template? { name.flatMap { name in templates.first { $0.name == name } } }

  /// Drafts of the same incident, or of none, in the order of their keys.
  func drafts() throws -> [Draft] {
    try journal.entities(Draft.self).filter { $0.incident == incident?.key }
  }

  /// What the incident gives to a template.
  func fields(
    answers: [String: String], nextUpdate: Instant?, audience: String, drafts: [Draft]
  ) throws -> UpdateFields {
    var fields = incident.map { UpdateFields($0) } ?? UpdateFields()
    fields.systems = titles
    fields.links = Dictionary(folder?.links.map { ($0.name, $0.url) } ?? []) { first, _ in first }
    fields.actions = try incident.map { try DoneSteps.titles(of: $0.key, in: journal) } ?? []
    fields.earlierUpdates = drafts.count { $0.sent != nil && $0.audience == audience }
    fields.nextUpdate = nextUpdate
    fields.answers = answers
    return fields
  }

  /// What a text is checked against.
  ///
  /// What any of its systems allows may stand in it, and what any of them hides may not.
  ///
  /// - Parameters:
  ///   - destinations: those whose limits hold.
  ///   - text: what is checked: the zones that it names are known then, as far as this machine knows them.
  func check(
    with template: Template?, to destinations: [Delivery] = [], severity: Severity? = nil, of text: String
  ) -> DraftCheck {
    let severity = incident?.severity ?? severity
    let all = folders.values.sorted { $0.name < $1.name }
    var check = DraftCheck(
      limit: template?.limit, severity: severity, links: all.flatMap(\.links).map(\.url),
      hosts: all.flatMap(\.endpointHosts), secrets: all.flatMap(\.secrets).compactMap(\.value),
      allowsEstimate: template?.allowsEstimate(for: severity) ?? false)
    check.limits = destinations.compactMap { delivery in
      DeliveryKinds.named(delivery.kind).map { kind in
        TextLimit(of: delivery.name, subject: kind.limits.subject, text: kind.limits.text)
      }
    }
    check.dataLost = incident?.dataLost
    check.allowsVague = template?.allowsVague ?? false
    check.now = now
    KnownZones.tell(&check, of: text)
    return check
  }

  /// The promise of a draft: what it was written with, else what its text names.
  func promise(of draft: Draft) -> Instant? {
    check(with: template(draft.template), of: draft.text).promise(of: draft, at: now)
  }

  /// What the check says of each copy, each once.
  ///
  /// - Parameter isNone: somebody said that it promises no next update.
  func findings(
    of draft: Draft, to deliveries: [Delivery], promise: Instant?, isNone: Bool = false
  ) -> [(DraftCopy, Finding)] {
    var check = check(with: template(draft.template), to: deliveries, of: draft.text)
    check.written = draft.saved?.at
    check.hasClock = draft.incident != nil
    check.promisesNone = isNone
    check.every = incident?.cadence(for: draft.audience)
    var seen: Set<String> = []
    return draft.copies.flatMap { copy in
      check.findings(
        subject: copy.subject, text: copy.text, audience: draft.audience, stage: draft.stage,
        nextUpdate: promise
      ).filter { seen.insert($0.sentence).inserted }.map { (copy, $0) }
    }
  }
}

/// What was done in an incident's runs.
enum DoneSteps {
  /// Titles of the steps, oldest first.
  static func titles(of incident: String, in journal: Journal) throws -> [String] {
    try journal.entities(Run.self).filter { $0.incident == incident }.flatMap { run in
      let marked = run.steps.compactMap { step in run.marks[step.step].map { (step, $0) } }
      let steps: [(RunStarted.Planned, Run.Mark)] = marked + run.leftBehind.map { ($0.step, $0.mark) }
      return steps.filter { $0.1.state == .done }.map { ($0.1.at, $0.0.title) }
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
