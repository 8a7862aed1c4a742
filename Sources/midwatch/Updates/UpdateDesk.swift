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
  /// Nil where the folder is not here.
  let folder: SystemFolder?
  /// Titles of the incident's systems, the leading one first.
  let titles: [String]

  init(
    _ journal: Journal, incident: Incident?, system: String?, playbooks: String?, at now: Instant
  ) throws {
    self.journal = journal
    self.now = now
    self.incident = incident
    let systems = system.map { [$0] } ?? incident?.systems ?? []
    let folders = try IncidentFolders(systems, playbooks: playbooks)
    self.system = systems.first
    folder = folders.folders.first { $0.name == systems.first }
    titles = systems.map { name in folders.folders.first { $0.name == name }?.title ?? name }
    folders.tellMissing()
  }

  /// Of a draft that is there already.
  init(_ draft: Draft, in journal: Journal, playbooks: String?, at now: Instant) throws {
    let incident = try draft.incident.flatMap { try journal.entity(Incident.self, key: $0) }
    try self.init(journal, incident: incident, system: draft.system, playbooks: playbooks, at: now)
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
  /// - Parameter destinations: those whose limits hold.
  func check(with template: Template?, to destinations: [Delivery] = [], severity: Severity? = nil)
    -> DraftCheck
  {
    let severity = incident?.severity ?? severity
    var check = DraftCheck(
      limit: template?.limit, severity: severity, links: folder?.links.map(\.url) ?? [],
      hosts: folder?.endpointHosts ?? [], secrets: folder?.secrets.compactMap(\.value) ?? [],
      allowsEstimate: template?.allowsEstimate(for: severity) ?? false)
    check.limits = destinations.compactMap { delivery in
      DeliveryKinds.named(delivery.kind).map { kind in
        TextLimit(of: delivery.name, subject: kind.limits.subject, text: kind.limits.text)
      }
    }
    check.dataLost = incident?.dataLost
    check.now = now
    let zone = Clock.zone(at: now)
    if zone.name.allSatisfy(\.isLetter) { check.zoneNames = [zone.name: zone.offset] }
    return check
  }

  /// The deliveries that names stand for; throws for one that is not there, or is off.
  func deliveries(_ names: [String]) throws -> [Delivery] {
    try names.map { name in
      guard let delivery = folder?.delivery(name) else {
        let all = folder?.deliveries.map(\.name).joined(separator: ", ") ?? ""
        throw Refusal(
          "\(system ?? "No system") has no delivery \(Inert.terminal(name)); "
            + (all.isEmpty ? "say where it was taken with --by-hand." : "it has \(all)."))
      }
      guard !delivery.isOff else {
        throw Refusal("\(name) is off: its \(delivery.kind) is empty in system.yaml.")
      }
      return delivery
    }
  }

  /// Where the draft's template sends it, as far as that is on.
  func usual(_ draft: Draft) -> [Delivery] {
    (template(draft.template)?.channels ?? []).compactMap { folder?.delivery($0) }.filter { !$0.isOff }
  }

  /// What goes to each destination, one for each copy.
  func parcels(of draft: Draft, to deliveries: [Delivery], promise: Instant?) throws -> [Parcel] {
    let origin = try journal.head().origin
    let drafts = try drafts()
    let records = try journal.entities(DeliveryRecord.self).filter {
      $0.incident != nil && $0.incident == incident?.key
    }
    return try deliveries.flatMap { delivery -> [Parcel] in
      guard let kind = DeliveryKinds.named(delivery.kind) else {
        throw Refusal("There is no kind of delivery \(Inert.terminal(delivery.kind)).")
      }
      let place = "\(system ?? "")/\(delivery.name)"
      let remote = incident.flatMap { records.remoteID(of: $0.key, at: place) }
      return try draft.copies.map { copy in
        let message = DeliveryMessage(
          draft, copy: copy, incident: incident, system: system ?? "", origin: origin, place: place,
          earlier: drafts, remoteID: remote, promise: promise, at: now)
        return try Parcel(
          message, to: delivery.destination, by: kind, draft: draft.key, digest: TextDigest.sha256)
      }
    }
  }

  /// The promise of a draft: what its text names, else what it was written with.
  func promise(of draft: Draft) -> Instant? {
    check(with: template(draft.template)).promise(in: draft.text, at: now) ?? draft.intendedPromise
  }

  /// What the check says of each copy, each once.
  func findings(of draft: Draft, to deliveries: [Delivery], promise: Instant?) -> [(DraftCopy, Finding)] {
    let check = check(with: template(draft.template), to: deliveries)
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
