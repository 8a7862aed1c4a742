import Comms
import Incidents
import Playbooks
import Systems
import Values

/// What a system's folder says to a responder: its words for severities, its plan for an incident, its
/// playbooks and its templates.
struct Guide: Sendable {
  struct Environment: Equatable, Sendable {
    var name: String
    var base: String?
    /// Shown, and never run.
    var isReference: Bool
  }

  /// A delivery of the folder.
  struct Outlet: Equatable, Sendable {
    var destination: Destination
    /// The role that must approve what goes there.
    var approval: String?
    /// Goes by itself for alerts of this level and louder.
    var on: Level?
  }

  var system: String
  var title: String
  /// Of the folder that this process read.
  var digest = ""
  /// What each severity means here, in the system's own words.
  var definitions: [Severity: String] = [:]
  /// Clocks, ladder and cadence by severity.
  var plans: [Severity: IncidentPlan] = [:]
  /// Incidents to declare from, beside alerts and tickets.
  var declarations: [Declaration] = []
  /// Names of its alerts, built-in ones too, each once.
  var alertNames: [String] = []
  var playbooks: [PlaybookDocument] = []
  /// Its own and, where they leave a gap, built-in ones.
  var templates: [Template] = []
  var links: [String: String] = [:]
  /// How often rules of groups that name no interval are evaluated.
  var every = Span.seconds(30)
  /// Where updates can go, in the order of the folder.
  var outlets: [Outlet] = []
  /// Declared variables with their defaults, for commands and templates.
  var variables: [Variable] = []
  /// What commands' relative addresses stand on.
  var base: String?
  /// Where its runs work; the first unless somebody says.
  var environments: [Environment] = []
  /// Beginnings of commands that are hard to take back here, beside those that are everywhere.
  var destructive: [String] = []
  /// Of a command whose playbook says none.
  var commandTimeout: Span?
  /// The level from which the terminal's bell rings; nil never.
  var bell: Level? = .page
  /// Who does what in an incident, the commander first.
  var roles = ["commander", "communications", "operations", "scribe"]
  /// Whom to reach, by role.
  var contacts: [Contact] = []
  /// Zones that it names, which an update may name too.
  var zones: [Zone] = []
  /// Hosts of its endpoints, which no outward text should name.
  var hosts: [String] = []
  /// What no text may show.
  var secrets: [Secret] = []
  /// Deliveries that tell of alerts by themselves once the folder is trusted, each with the level that is loud enough.
  var pagers: [PagePlan.Pager] = []
  /// SHA-256 of the texts of its playbooks, by name.
  var digests: [String: String] = [:]

  init(system: String, title: String) {
    self.system = system
    self.title = title
  }

  func playbook(_ name: String) -> PlaybookDocument? { playbooks.first { $0.name == name } }

  /// The playbook, and the section in it, that helps with an alert.
  ///
  /// - Parameters:
  ///   - annotation: what its `playbook` says, or its event did.
  ///   - address: its `runbook_url`.
  ///   - labels: of the alert; they may name the service that it is about.
  func playbook(
    for rule: String, annotation: String?, address: String? = nil, labels: [String: String] = [:]
  ) -> (PlaybookDocument, anchor: String?)? {
    AlertPlaybook(
      of: rule, references: [annotation, address], services: AlertPlaybook.services(in: labels),
      in: playbooks
    ).map { ($0.document, $0.anchor) }
  }
}
