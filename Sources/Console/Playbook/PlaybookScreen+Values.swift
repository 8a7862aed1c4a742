import Incidents
import Playbooks
import Values

/// What placeholders stand for, and where the run works.
extension PlaybookScreen {
  func declared(_ world: World) -> [Variable] { world.guide(open?.system)?.variables ?? [] }

  /// What placeholders stand for: the run's values, else defaults and what was given so far.
  func values(_ world: World) -> [String: RunValue] {
    if let run = run(world) {
      // What was given a moment ago may not have been written yet.
      return run.runValues(secrets: knownSecrets).merging(knownSecrets.mapValues { .secret($0) }) { $1 }
        .merging(given.mapValues { .plain($0) }) { $1 }
    }
    return defaults(world).mapValues { .plain($0) }.merging(knownSecrets.mapValues { .secret($0) }) { $1 }
  }

  /// What somebody typed, else what the environment has.
  var knownSecrets: [String: Secret] { environmentValues.secrets.merging(secrets) { $1 } }

  /// Defaults of the declared variables, what the incident fills, and what was given.
  func defaults(_ world: World) -> [String: String] {
    var values: [String: String] = [:]
    let guide = world.guide(open?.system)
    let environment = environment(world)
    if let base = environment?.base ?? guide?.base { values["base"] = base }
    for (name, address) in guide?.links ?? [:] { values["links.\(name)"] = address }
    for variable in declared(world).overridden(by: document?.settings.variables ?? [])
    where !variable.isSecret {
      let filled = variable.from.flatMap {
        $0 == "environment"
          ? environment?.name
          : environmentValues.plain[variable.name]
            ?? world.fill($0, incident: incident(world), alert: open?.alert)
      }
      if let value = filled ?? variable.defaultValue, !value.isEmpty { values[variable.name] = value }
    }
    return values.merging(given) { $1 }
  }

  /// Where the run works, or would: what it was begun for, else what was chosen, else the system's first that runs.
  func environment(_ world: World) -> Guide.Environment? {
    let all = world.guide(open?.system)?.environments ?? []
    if let name = run(world)?.started?.environment ?? open?.environment {
      return all.first { $0.name == name } ?? Guide.Environment(name: name, base: nil, isReference: false)
    }
    return all.first { !$0.isReference } ?? all.first
  }

  /// What commands work on: named before anything destructive runs.
  func target(_ world: World) -> String {
    environment(world)?.name ?? open.flatMap { $0.system.isEmpty ? nil : $0.system } ?? "this machine"
  }

  /// What a run gives to its commands.
  func setting(_ world: World) -> CommandPlan.Setting {
    let guide = world.guide(open?.system)
    var setting = CommandPlan.Setting(
      values: values(world), declared: document?.declared(with: declared(world)) ?? [],
      directory: world.options.directory, target: target(world))
    setting.destructive = guide?.destructive ?? []
    setting.timeout = guide?.commandTimeout
    return setting
  }

  func view(of step: Step, _ world: World) -> StepView {
    StepView(
      step, in: run(world), values: values(world),
      declared: document?.declared(with: declared(world)) ?? [])
  }

  /// When a step is to be done by; nil when nobody says, or while no run counts its time.
  func due(_ step: Step, _ world: World) -> Instant? {
    guard let run = run(world), let begun = run.startedAt else { return nil }
    return run.due(of: step.number) ?? step.settings.due.map { begun + $0 }
  }
}

extension World {
  /// What `from:` of a variable names: `alert.labels.tenant`, `incident.title`.
  func fill(_ path: String, incident key: String?, alert: AlertIdentity? = nil) -> String? {
    let incident = ledger.incident(key)
    let parts = path.split(separator: ".").map(String.init)
    switch parts {
    case ["incident", "title"]: return incident?.title
    case ["incident", "severity"]: return incident?.severity.rawValue
    case ["incident", "status"]: return incident?.status.rawValue
    case ["incident", "impact"]: return incident?.impact
    case ["incident", "key"], ["incident", "number"]: return incident?.key
    default:
      guard parts.count == 3, parts[0] == "alert", parts[1] == "labels" else { return nil }
      return incident?.declared?.from?.alert?.labels[parts[2]] ?? alert?.labels[parts[2]]
    }
  }

  /// Whether the folder's commands may run here: it came with the binary, or somebody trusts it as it is.
  func isTrusted(_ system: String) -> Bool {
    guard let place = options.folders[system], let digest = guide(system)?.digest, !digest.isEmpty else {
      return false
    }
    return place.isBundled || ledger.trusted[place.path] == digest
  }
}
