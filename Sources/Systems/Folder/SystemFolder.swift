import Alerting
import Comms
import Desk
import Incidents
import Playbooks
import Probes
import Values

/// A system under watch as its folder describes it: everything read, checked and typed.
package struct SystemFolder: Sendable {
  package let name: String
  package internal(set) var title: String
  /// Of the whole folder but for what its own deliveries write; see ``Folder/digest``.
  package internal(set) var digest: String

  /// How often an endpoint is polled and a group evaluated that does not say.
  package internal(set) var every = Span.seconds(30)
  /// Requests in flight over all endpoints, and to one host.
  package internal(set) var atOnce = 64
  package internal(set) var perHost = 8

  /// The first is where endpoints and runs are, unless they say.
  package internal(set) var environments: [Environment] = []
  /// What targets that begin with `/` are relative to where no environment says; `{{base}}` in playbooks.
  package internal(set) var base: String?
  package internal(set) var links: [Link] = []
  package internal(set) var contacts: [Contact] = []
  package internal(set) var variables: [Variable] = []
  package internal(set) var secrets: [SecretSource] = []

  package internal(set) var endpoints: [Endpoint] = []
  /// While all of these fail, results are suspended, not down.
  package internal(set) var connectivity: [Endpoint] = []

  /// The built-in group of EndpointDown first, then those of the rule files, then one for each objective.
  package internal(set) var ruleGroups: [GroupDefinition] = []
  package internal(set) var inhibitRules: [InhibitRule] = []
  package internal(set) var levels = LevelMap()

  /// S1 to S4, each with its meaning and clocks.
  package internal(set) var severities: [SeverityDefinition] = SeverityDefinition.common
  package internal(set) var escalation: [EscalationRung] = []
  package internal(set) var cadence: [CadenceRow] = []
  package internal(set) var followUps: [FollowUpRow] = []
  package internal(set) var roles = ["commander", "communications", "operations", "scribe"]
  package internal(set) var declarations: [Declaration] = []
  /// Nobody wrote anything for so long: the incident bar says so.
  package internal(set) var callOut: Span?

  package internal(set) var maintenance: [MaintenanceWindow] = []
  /// The rules of the zones that the folder names, as far as this host has them.
  package internal(set) var zones: [String: Zone] = [:]
  package internal(set) var routines: [Routine] = []
  package internal(set) var objectives: [Objective] = []
  package internal(set) var deliveries: [Delivery] = []
  package internal(set) var prometheus: RemotePrometheus?
  package internal(set) var alertmanagers: [RemoteAlertmanager] = []
  package internal(set) var calendars: [BusinessCalendar] = []
  package internal(set) var tickets: TicketSettings?
  package internal(set) var retro: RetroSettings?

  /// Beginnings of commands that are hard to take back, beside the built-in list.
  package internal(set) var destructive: [String] = []
  /// Of a command.
  package internal(set) var commandTimeout = Span.minutes(5)
  /// The level from which the terminal's bell rings; nil never.
  package internal(set) var bell: Level? = .page

  package internal(set) var playbooks: [PlaybookDocument] = []
  package internal(set) var templates: [Template] = []
  /// Names of the drills, without folder and ending.
  package internal(set) var drills: [String] = []
  /// What starts processes or uses secrets, and so does nothing until the folder is trusted.
  package internal(set) var trustNeeds: [TrustNeed] = []

  init(name: String, digest: String) {
    self.name = name
    self.digest = digest
    title = name
  }
}

extension SystemFolder {
  /// One sentence for each part that waits for trust; empty when there is nothing to trust.
  package var needsTrust: [String] { trustNeeds.map(\.sentence) }

  package func playbook(_ name: String) -> PlaybookDocument? { playbooks.first { $0.name == name } }

  package func contact(_ role: String) -> Contact? { contacts.first { $0.role == role } }

  package func severity(_ severity: Severity) -> SeverityDefinition? {
    severities.first { $0.severity == severity }
  }

  /// The playbook to open for an alert.
  ///
  /// - Parameters:
  ///   - references: its annotations `playbook` and `runbook_url`.
  ///   - services: what its labels say of its service.
  package func playbook(forAlert rule: String, references: [String?], services: [String] = [])
    -> AlertPlaybook?
  {
    AlertPlaybook(of: rule, references: references, services: services, in: playbooks)
  }

  /// What the rules see beside their own series.
  package var surroundings: RuleGroup.Surroundings {
    var surroundings = RuleGroup.Surroundings()
    surroundings.levels = levels
    return surroundings
  }

  /// What an incident of this severity copies into its own events, so that later edits do not move it.
  package func plan(for severity: Severity) -> IncidentPlan {
    var plan = IncidentPlan()
    let definition = self.severity(severity)
    plan.severityName = definition?.name
    plan.clocks = definition?.clocks ?? []
    plan.callOut = callOut
    plan.escalation = escalation.filter { $0.severities.isEmpty || $0.severities.contains(severity) }.map {
      IncidentPlan.Rung(
        name: $0.name, after: $0.after, contact: $0.contact, playbook: $0.playbook, asks: asks(of: $0))
    }
    plan.cadence = cadence.filter { $0.severities.isEmpty || $0.severities.contains(severity) }.map {
      IncidentPlan.Cadence(audience: $0.audience, status: $0.status, every: $0.every)
    }
    plan.followUps = followUps.filter { $0.severities.isEmpty || $0.severities.contains(severity) }.map {
      IncidentPlan.FollowUp(title: title(of: $0), after: $0.after)
    }
    return plan
  }

  /// The steps of the section that a rung names, in a line; nil where it has none.
  private func asks(of rung: EscalationRung) -> String? {
    guard let reference = rung.playbook.map(PlaybookDocument.reference) else { return nil }
    let steps = playbook(reference.name)?.sections(under: reference.anchor).flatMap(\.steps) ?? []
    guard !steps.isEmpty else { return nil }
    // What does not fit in a line is read in the playbook.
    return steps.prefix(6).map(\.title).joined(separator: "; ") + (steps.count > 6 ? "; …" : "")
  }

  /// The heading that a follow-up names, else the playbook's title, else the reference itself.
  private func title(of followUp: FollowUpRow) -> String {
    let reference = PlaybookDocument.reference(followUp.playbook)
    guard let document = playbook(reference.name) else { return followUp.playbook }
    let section = reference.anchor.flatMap { document.section(anchor: $0) }
    return section?.title ?? document.title
  }
}
