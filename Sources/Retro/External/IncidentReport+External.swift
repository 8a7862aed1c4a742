import Comms
import Incidents
import Playbooks
import Values

extension IncidentReport {
  /// Audiences that are outside of every house.
  package static let outwardAudiences: Set<String> = ["users", "customers", "status", "public", "tenants"]

  /// The report for readers outside: its times, its severity and status, what was sent to them, and the texts that are
  /// meant for them. All else is left out, and counted; the journal has the rest.
  ///
  /// - Parameters:
  ///   - name: takes the place of the incident's key.
  ///   - audiences: whose updates stay, besides ``outwardAudiences``.
  ///   - hosts: of the systems' endpoints.
  ///   - links: of the systems, which may stand in texts.
  package func outward(
    as name: String = "incident-1", audiences: Set<String> = [], hosts: Set<String> = [], links: [String] = []
  ) -> IncidentReport {
    var redaction = redaction
    redaction.hosts.formUnion(hosts)
    redaction.links = links
    let heard = Set(audiences.map { $0.lowercased() }).union(Self.outwardAudiences)
    var outward = OutwardEvents(audiences: heard, redaction: redaction)
    let gone = Set(events.compactMap { $0.fact(EventRetracted.self)?.target })
    var kept: [Event] = []
    for event in events {
      if event.incident != incident.key || gone.contains(event.id) || event.body == nil {
        outward.count(Removal.words(for: event.kind))
      } else if let event = outward.event(event, as: name, number: kept.count + 1) {
        kept.append(event)
      }
    }
    outward.count("tickets", tickets.count)
    let messages = tickets.flatMap(\.conversation)
    outward.count("public comments of tickets", messages.count(where: \.isPublic))
    outward.count("internal comments of tickets", messages.count { !$0.isPublic })
    outward.count("charts", charts.count)
    var folded = Incident(key: name)
    for event in kept { folded.apply(event) }
    var report = IncidentReport(
      folded, events: kept,
      stamp: Stamp(journal: "", origin: stamp.origin, count: stamp.count, head: stamp.head), zone: zone,
      made: made)
    // What was written for the retro stands in its sections.
    report.timeline = Timeline(kept.filter { $0.kind != RetroWritten.kind })
    report.presetKeyTimes = keyTimes
    report.removed = outward.counts.map { Removal(what: $0, count: $1) }.sorted { $0.what < $1.what }
    return report
  }

  /// Names and ids that the record knows.
  private var redaction: Redaction {
    var people: Set<String> = []
    var hosts: Set<String> = []
    for event in events where !event.actor.isEngine {
      people.insert(event.actor.handle)
      hosts.insert(event.actor.host)
    }
    people.formUnion(incident.roleChanges.flatMap { [$0.who, $0.from].compactMap { $0 } })
    people.formUnion(incident.tasks.compactMap(\.owner) + incident.decisions.compactMap(\.executes))
    people.formUnion(actions.compactMap(\.owner))
    for one in tickets {
      people.formUnion(
        Self.names(of: one.ticket.requester) + one.conversation.flatMap { Self.names(of: $0.who) })
      if let tenant = one.ticket.tenant { people.insert(tenant) }
    }
    for execution in runs.flatMap(\.executions) { hosts.insert(execution.started.owner.host) }
    let drafts = events.compactMap { $0.fact(DraftSaved.self)?.draft ?? $0.fact(UpdateSent.self)?.draft }
    let ids = [incident.key] + drafts + runs.map(\.key) + tickets.map(\.ticket.key) + actions.map(\.key)
    return Redaction(
      people: people.filter { !$0.isEmpty }, hosts: hosts.filter { !$0.isEmpty }, ids: Set(ids))
  }

  /// `Ann Example <ann@tenant.example>` has a name, an address, and both together.
  private static func names(of requester: String) -> [String] {
    let parts = requester.split { "<>()\"".contains($0) }.map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    return [requester] + parts.filter { $0.count > 1 }
  }
}
