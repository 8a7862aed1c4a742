import Alerting
import Documents
import Playbooks
import PromQL
import Values

/// Alerts, endpoints, roles, contacts and playbooks that a playbook's front matter names.
extension SystemReader {
  /// Notes what the front matter names, to be checked once the rules are read.
  mutating func checkFrontMatter(of document: PlaybookDocument, text: String) {
    var ignored: [Problem] = []
    let root = FrontMatter(text, file: document.file, problems: &ignored).document?.root
    let node = root?.entries?.first { $0.key.text == "alerts" }?.value
    for element in node?.elements ?? node.map({ [$0] }) ?? [] {
      guard let name = element.text else { continue }
      alertReferences.append(PlaceReference(name: name, file: document.file, position: element.position))
    }
    func place(_ named: PlaybookSettings.Named) -> PlaceReference {
      PlaceReference(name: named.name, file: document.file, position: named.position)
    }
    roleReferences += document.settings.roles.map(place)
    contactReferences += document.settings.escalation.compactMap(\.contact).map(place)
    playbookReferences += document.settings.escalation.compactMap(\.playbook).map(place)
    for rule in document.settings.steps {
      if let role = rule.settings.role {
        roleReferences.append(PlaceReference(name: role, file: document.file, position: rule.position))
      }
      switch rule.settings.until {
      case .alert(let name, _):
        alertReferences.append(PlaceReference(name: name, file: document.file, position: rule.position))
      case .endpoint(let name, _):
        endpointReferences.append(PlaceReference(name: name, file: document.file, position: rule.position))
      case .query(let text):
        do throws(ParseError) {
          if let flaw = flaw(of: try PromQL.parse(text)) {
            problems.append(
              Problem(
                "until never holds: \(flaw.what)", remedy: flaw.remedy, file: document.file, at: rule.position
              ))
          }
        } catch {
          problems.append(
            Problem(
              "until is no query: \(Inert.terminal("\(error)"))",
              remedy: "write an alert and resolved or firing, an endpoint and up or down, or a query",
              file: document.file, at: rule.position))
        }
      case nil: break
      }
    }
  }

  /// Why nobody could ever say that it holds.
  private func flaw(of expr: Expr) -> (what: String, remedy: String)? {
    switch expr.valueType {
    case .string: ("its result is a text", "write a comparison, such as queue_depth < 50")
    case .matrix where system.prometheus != nil:
      (
        "its result is a range of samples, for which no remote Prometheus can be asked at one moment",
        "write a function around it, such as count_over_time(…) > 0"
      )
    case .matrix, .vector, .scalar: nil
    }
  }

  /// Variables filled from a name under `secrets:` without being secret themselves: the value would be shown.
  mutating func checkVariables() {
    let secrets = Set(system.secrets.map(\.name))
    func isOpen(_ variable: Variable) -> Bool {
      !variable.isSecret && variable.environmentName.map(secrets.contains) ?? false
    }
    func problem(_ variable: Variable, _ file: String, _ position: Position) -> Problem {
      let name = Inert.terminal(variable.environmentName ?? "")
      return Problem(
        "\(name) is a secret, and \(Inert.terminal(variable.name)), which is filled from it, is none",
        remedy: "add `secret: true`", file: file, at: position)
    }
    for variable in system.variables where isOpen(variable) {
      problems.append(problem(variable, Self.file, variablePositions[variable.name] ?? .start))
    }
    for document in system.playbooks {
      let open = document.settings.variables.filter(isOpen)
      guard !open.isEmpty else { continue }
      let positions = document.positions(inFrontMatter: "variables")
      problems += open.map { problem($0, document.file, positions[$0.name] ?? .start) }
    }
  }

  /// Every alert that the rules have; the built-in one is there even while no endpoint is polled.
  var knownAlerts: Set<String> { Set(system.alertNames).union([EndpointDown.name]) }

  mutating func checkAlerts() {
    let names = knownAlerts
    for reference in alertReferences where !names.contains(reference.name) {
      complain(
        "no rule has the alert \"\(Inert.terminal(reference.name))\"", among: names.sorted(), at: reference)
    }
  }
}
