import Alerting
import Comms
import Metrics
import Playbooks
import Probes
import Values

extension SystemFolder {
  /// Reads a whole folder and says everything that is wrong with it, sorted by file and place.
  ///
  /// The folder is whole as far as it could be read; whoever watches it refuses one with an error.
  ///
  /// - Parameters:
  ///   - bodies: what is in a file that is a request's body; without it such endpoints wait.
  ///   - environment: fills `${NAME}` in system.yaml.
  ///   - secrets: values of secrets from files and commands, once the folder is trusted and they were read.
  ///   - zones: the rules of a time zone by its name; nil leaves names of zones unchecked and without rules.
  package static func load(
    _ folder: Folder, environment: [String: String], secrets: [String: Secret] = [:],
    zones: ((String) -> Zone?)? = nil, bodies: ((String) throws(BodyFailure) -> [UInt8])? = nil
  ) -> (folder: SystemFolder, problems: [Problem]) {
    var reader = SystemReader(
      SystemFolder(name: folder.name, digest: folder.digest), environment: environment, knownSecrets: secrets)
    reader.zones = zones
    reader.bodies = bodies
    if let text = folder.files[SystemReader.file] {
      reader.read(text)
    } else {
      reader.problems.append(
        Problem(
          "the folder \(Inert.terminal(folder.name)) has no system.yaml",
          remedy: "add one; `midwatch init` writes one",
          file: SystemReader.file))
    }
    reader.readDocuments(folder)
    reader.readRules(folder)
    reader.addObjectiveRules()
    reader.addReviews()
    reader.check()
    let system = reader.system
    reader.system.digest = folder.digest { system.isOutgoing($0) && SystemFolder.use(of: $0) == nil }
    return (reader.system, Array(Set(reader.problems)).sorted())
  }
}

extension SystemReader {
  /// Playbooks, templates, drills.
  fileprivate mutating func readDocuments(_ folder: Folder) {
    for path in folder.paths(in: "", endings: [".md"]) {
      let text = folder.files[path] ?? ""
      let document = PlaybookDocument(text, file: path, problems: &problems)
      system.playbooks.append(document)
      checkFrontMatter(of: document, text: text)
      let commands = document.steps(under: nil).flatMap(\.commands).count { !$0.isAssignment }
      if commands > 0 {
        system.trustNeeds.append(TrustNeed(part: "playbook \(document.name)", reason: .runs(commands)))
      }
    }
    for path in folder.paths(in: "comms", endings: [".md"]) {
      if let template = Template(folder.files[path] ?? "", file: path, problems: &problems) {
        system.templates.append(template)
      }
    }
    system.drills = folder.paths(in: "drills", endings: [".yaml", ".yml"]).map { path in
      let name = path.split(separator: "/").last ?? ""
      return String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
    }
  }

  /// Rule files: every `rules*.yaml` but unit tests.
  fileprivate mutating func readRules(_ folder: Folder) {
    let targets = system.endpoints.filter { $0.heldBack == nil }.compactMap { endpoint in
      endpoint.level.map {
        EndpointDown.Target(
          endpoint: endpoint.name, labels: endpoint.targetLabels, level: $0, hold: endpoint.holdOfEndpointDown
        )
      }
    }
    if !targets.isEmpty {
      let playbook = system.playbooks.first { $0.settings.alerts.contains(EndpointDown.name) }?.name
      system.ruleGroups.append(EndpointDown.group(targets, file: Self.file, playbook: playbook))
    }
    silenceDependents()
    for path in folder.paths(in: "", endings: [".yaml", ".yml"])
    where path.hasPrefix("rules") && !path.contains("_test.") {
      let (groups, found) = RuleFile.parse(folder.files[path] ?? "", file: path, levels: system.levels)
      system.ruleGroups += groups
      problems += found
    }
  }

  /// While an endpoint is down, the alerts of those that depend on it are shown as inhibited by it.
  private mutating func silenceDependents() {
    func alert(_ endpoint: String) -> [Matcher] {
      [Matcher("alertname", EndpointDown.name), Matcher("endpoint", endpoint)]
    }
    for endpoint in system.endpoints {
      for other in endpoint.dependsOn where other != endpoint.name {
        system.inhibitRules.append(InhibitRule(source: alert(other), target: alert(endpoint.name)))
      }
    }
  }
}

extension Endpoint {
  /// Its `for` begins once it is down, which takes so many failures in a row.
  fileprivate var holdOfEndpointDown: Span { self.for + every * Int64(failures - 1) }
}
