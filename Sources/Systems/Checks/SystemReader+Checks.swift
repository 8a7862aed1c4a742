import Alerting
import Documents
import Playbooks
import Values

/// Checks across files: what is named somewhere must be there.
extension SystemReader {
  mutating func check() {
    collectFromRules()
    checkPlaybooks()
    checkVariables()
    checkAlerts()
    checkEndpoints()
    checkDependencies()
    for reference in contactReferences where system.contact(reference.name) == nil {
      complain(
        "there is no contact \"\(shown(reference))\"", among: system.contacts.map(\.role), at: reference)
    }
    for reference in calendarReferences where !system.calendars.contains(where: { $0.name == reference.name })
    {
      complain(
        "there is no calendar \"\(shown(reference))\"", among: system.calendars.map(\.name), at: reference)
    }
    for reference in roleReferences where !system.roles.contains(reference.name) {
      complain("there is no role \"\(shown(reference))\"", among: system.roles, at: reference)
    }
    checkTemplates()
    checkInhibitRules()
  }

  /// Playbooks that annotations of rules name.
  private mutating func collectFromRules() {
    for rule in system.ruleGroups.flatMap(\.rules) where !rule.isBuiltIn {
      for text in rule.annotations where text.name == "playbook" && !text.text.contains("{{") {
        playbookReferences.append(PlaceReference(name: text.text, file: rule.file, position: text.position))
      }
    }
  }

  private mutating func checkPlaybooks() {
    for reference in playbookReferences {
      let parts = PlaybookDocument.reference(reference.name)
      guard let document = system.playbook(parts.name) else {
        complain(
          "there is no playbook \"\(Inert.terminal(parts.name))\"", among: system.playbooks.map(\.name),
          at: reference)
        continue
      }
      guard let anchor = parts.anchor, document.section(anchor: anchor) == nil else { continue }
      complain(
        "the playbook \(Inert.terminal(parts.name)) has no section #\(Inert.terminal(anchor))",
        among: document.sections.map(\.anchor).filter { !$0.isEmpty }, at: reference)
    }
  }

  private mutating func checkEndpoints() {
    let names = system.endpoints.map(\.name)
    for reference in endpointReferences where !names.contains(reference.name) {
      complain("there is no endpoint \"\(shown(reference))\"", among: names, at: reference)
    }
  }

  /// An endpoint that depends on itself, by whatever way, would never be polled.
  private mutating func checkDependencies() {
    let edges = Dictionary(
      system.endpoints.map { ($0.name, $0.dependsOn) }, uniquingKeysWith: { first, _ in first })
    for endpoint in system.endpoints {
      var seen: Set<String> = []
      var open = endpoint.dependsOn
      while let next = open.popLast(), seen.insert(next).inserted { open += edges[next] ?? [] }
      guard seen.contains(endpoint.name),
        let reference = endpointReferences.first(where: { endpoint.dependsOn.contains($0.name) })
      else { continue }
      problems.append(
        Problem(
          "the endpoint \(Inert.terminal(endpoint.name)) depends on itself", remedy: "break the circle",
          file: Self.file, at: reference.position))
    }
  }

  private mutating func checkTemplates() {
    let names = system.deliveries.map(\.name)
    for template in system.templates {
      for channel in template.channels where !names.contains(channel) {
        problems.append(
          Problem(
            "there is no delivery \"\(Inert.terminal(channel))\", so this is copied by hand",
            remedy: "add it under `deliveries:` in system.yaml", file: template.file, weight: .warning))
      }
    }
  }

  private mutating func checkInhibitRules() {
    let alerts = knownAlerts
    for rule in system.inhibitRules {
      for matcher in rule.source + rule.target
      where matcher.name == "alertname" && matcher.op == .equal && !alerts.contains(matcher.value) {
        problems.append(
          Problem(
            "an inhibit rule names the alert \(Inert.terminal(matcher.value)), which no rule has",
            remedy: "correct the name", file: Self.file, at: inhibitPosition, weight: .warning))
      }
    }
  }

  private func shown(_ reference: PlaceReference) -> String { Inert.terminal(reference.name) }

  /// A problem whose remedy names what is near, else what there is.
  mutating func complain(_ what: String, among names: [String], at reference: PlaceReference) {
    let wanted = PlaybookDocument.reference(reference.name)
    let near = names.filter {
      min($0.editDistance(to: wanted.name), $0.editDistance(to: wanted.anchor ?? wanted.name)) <= 3
    }
    let remedy: String
    if let first = near.min() {
      remedy = "did you mean \"\(Inert.terminal(first))\"?"
    } else if names.isEmpty {
      remedy = "add it"
    } else {
      remedy = "there are: \(Inert.terminal(names.sorted().prefix(12).joined(separator: ", ")))"
    }
    problems.append(Problem(what, remedy: remedy, file: reference.file, at: reference.position))
  }
}
