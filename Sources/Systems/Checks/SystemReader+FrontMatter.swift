import Alerting
import Documents
import Playbooks
import Values

/// Alerts and endpoints that a playbook's front matter names.
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
    for rule in document.settings.steps {
      switch rule.settings.until {
      case .alert(let name, _):
        alertReferences.append(PlaceReference(name: name, file: document.file, position: rule.position))
      case .endpoint(let name, _):
        endpointReferences.append(PlaceReference(name: name, file: document.file, position: rule.position))
      case .query, nil: break
      }
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
