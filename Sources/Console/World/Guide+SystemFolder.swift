import Comms
import Incidents
import Playbooks
import Systems
import Values

extension Guide {
  /// What of a system's folder a responder uses.
  init(_ folder: SystemFolder) {
    self.init(system: folder.name, title: folder.title)
    for severity in Severity.allCases {
      definitions[severity] = folder.severity(severity)?.means
      plans[severity] = folder.plan(for: severity)
    }
    digest = folder.digest
    every = folder.every
    zones = folder.zones.keys.sorted().compactMap { folder.zones[$0] }
    pagers = folder.pagePlan?.pagers ?? []
    declarations = folder.declarations
    outlets = folder.deliveries.filter { !$0.isOff }.map {
      Outlet(destination: $0.destination, approval: $0.approval, on: $0.on)
    }
    alertNames = Set(folder.ruleGroups.flatMap(\.rules).filter(\.isAlerting).map(\.name)).sorted()
    playbooks = folder.playbooks
    digests = Dictionary(folder.playbooks.map { ($0.name, $0.digest) }) { $1 }
    templates = folder.templates.withBuiltIns
    links = Dictionary(folder.links.map { ($0.name, $0.url) }) { $1 }
    variables = folder.variables
    base = folder.base ?? folder.environments.first?.base
    environments = folder.environments.map {
      Environment(name: $0.name, base: $0.base, isReference: $0.state == .reference)
    }
    destructive = folder.destructive
    commandTimeout = folder.commandTimeout
    bell = folder.bell
    roles = folder.roles
    contacts = folder.contacts
    hosts = folder.endpointHosts
    secrets = folder.secrets.compactMap(\.value)
  }
}
