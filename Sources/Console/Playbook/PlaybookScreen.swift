import Incidents
import Playbooks
import Terminal
import Values

/// Screen 4: runs and playbooks as a list; or one playbook, its steps beside the step in hand.
struct PlaybookScreen: Sendable {
  /// What is open: a run, or a document that nobody has begun.
  struct Open: Equatable, Sendable {
    var system: String
    var playbook: String
    var anchor: String?
    /// Set once somebody has done something of it.
    var run: String?
    /// What a run that begins now would be bound to.
    var incident: String?
    /// The routine that a run that begins now is for; such a run is of the section alone.
    var routine: RunStarted.Turn?

    /// Of a run that begins now.
    var section: String? { routine == nil ? nil : anchor }
  }

  /// Something wanted of a run that is being begun.
  enum Intent: Equatable, Sendable {
    case tick(String)
    case skip(String, reason: String)
    case inapplicable(String)
  }

  var open: Open?
  var list = ListState<String>()
  var steps = ListState<String>()
  var isTextFocused = false
  /// Lines of the step's text that are scrolled away.
  var top = 0
  /// Which of the step's commands `y` copies next.
  var command = 0
  var filter = ""
  var intents: [Intent] = []
  /// Values given before there was a run, and secrets, which the journal never has.
  var given: [String: String] = [:]
  var secrets: [String: Secret] = [:]
  /// Commands that this console started, by their ids, and what is left of others'.
  var commands: [String: CommandNews] = [:]
  var orphans: [Orphan] = []
  /// What was read of earlier commands.
  var outputs = KeptOutputs()
  /// The text that is open, parsed once.
  var document: PlaybookDocument?
  private var parsed: String?

  var pane: Pane { open == nil ? .playbookList : isTextFocused ? .playbookText : .playbookSteps }

  mutating func nextPane() { if open != nil { isTextFocused.toggle() } }

  /// Esc: from the text to the steps, from the steps to the list. False when there is nothing to leave.
  mutating func leave() -> Bool {
    guard open != nil else { return false }
    if isTextFocused { isTextFocused = false } else { open = nil }
    return true
  }

  mutating func show(_ what: Open) {
    guard open != what else { return }
    open = what
    (document, parsed, steps, top, command, given) = (nil, nil, ListState(), 0, 0, [:])
    (isTextFocused, intents) = (false, [])
  }

  func run(_ world: World) -> Run? {
    guard let key = open?.run else { return nil }
    return world.ledger.runs.first { $0.key == key }
  }

  /// The incident that the run is bound to, or would be.
  func incident(_ world: World) -> String? { open == nil ? nil : run(world)?.incident ?? open?.incident }

  var flat: [Step] { document?.steps ?? [] }
  var selectedStep: Step? { flat.first { $0.number == steps.selected } }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    adopt(world)
    readDocument(world)
    list.update(rows(world).map(\.id), height: area.height - 1)
    guard open != nil else { return }
    let wasNew = steps.selected == nil
    steps.update(flat.map(\.number), height: area.height)
    if wasNew { selectFirst(world) }
  }

  /// Where to begin: the run's current step, else the first of the section that was named.
  private mutating func selectFirst(_ world: World) {
    let section = open?.anchor.flatMap { anchor in document?.steps(under: anchor).first?.number }
    let wanted = run(world).map { $0.current ?? $0.order.last } ?? section
    if let wanted { steps.select(wanted, in: flat.map(\.number), height: 1000) }
  }

  /// Somebody else may have begun the run meanwhile: there is one for each playbook and incident.
  private mutating func adopt(_ world: World) {
    guard let open, open.run == nil else { return }
    let run = world.ledger.runs.last {
      $0.isOpen && $0.started?.playbook == open.playbook && $0.started?.system == open.system
        && $0.started?.section == open.section && $0.incident == open.incident
    }
    if let run { self.open?.run = run.key }
  }

  /// A run goes by the text it was begun with; parsing happens once for each text.
  private mutating func readDocument(_ world: World) {
    guard let open else { return }
    let digest = run(world)?.snapshot
    let key = digest ?? "\(open.system)/\(open.playbook)"
    let current = world.guide(open.system)?.playbook(open.playbook)
    if let digest, let text = world.ledger.snapshots[digest] {
      guard parsed != key else { return }
      var problems: [Problem] = []
      document = PlaybookDocument(text, file: "\(open.playbook).md", problems: &problems)
      parsed = key
    } else if let current {
      document = current
      parsed = nil
    }
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    guard open != nil else {
      return list.handle(key, rows: rows(world).map(\.id), height: area.height - 1)
    }
    if isTextFocused {
      switch key {
      case .down, .character("j"): top = min(top + 1, 2000)
      case .up, .character("k"): top = max(0, top - 1)
      case .pageDown: top = min(top + 10, 2000)
      case .pageUp: top = max(0, top - 10)
      case .home, .character("g"): top = 0
      default: return false
      }
      return true
    }
    let before = steps.selected
    let isTaken = steps.handle(key, rows: flat.map(\.number), height: max(2, area.height / 2))
    if steps.selected != before { (top, command) = (0, 0) }
    return isTaken
  }

  /// The step after `number` on which something is left to do.
  mutating func advance(past number: String, _ world: World) {
    let order = flat.map(\.number)
    guard let place = order.firstIndex(of: number) else { return }
    let run = run(world)
    let rest = order[order.index(after: place)...]
    guard let next = rest.first(where: { !(run?.state(of: $0).isSettled ?? false) }) else { return }
    steps.select(next, in: order, height: 1000)
    (top, command) = (0, 0)
  }

  mutating func failed(_ next: ActsUnderWay.Next) { if next == .run { intents = [] } }

  // MARK: - Values

  func declared(_ world: World) -> [Variable] { world.guide(open?.system)?.variables ?? [] }

  /// What placeholders stand for: the run's values, else defaults and what was given so far.
  func values(_ world: World) -> [String: RunValue] {
    if let run = run(world) {
      // What was given a moment ago may not have been written yet.
      return run.runValues(secrets: secrets).merging(given.mapValues { .plain($0) }) { $1 }
    }
    var values = defaults(world).mapValues { RunValue.plain($0) }
    for (name, secret) in secrets { values[name] = .secret(secret) }
    return values
  }

  /// Defaults of the declared variables, what the incident fills, and what was given.
  func defaults(_ world: World) -> [String: String] {
    var values: [String: String] = [:]
    let guide = world.guide(open?.system)
    if let base = guide?.base { values["base"] = base }
    for (name, address) in guide?.links ?? [:] { values["links.\(name)"] = address }
    for variable in declared(world).overridden(by: document?.settings.variables ?? [])
    where !variable.isSecret {
      let filled = variable.from.flatMap { world.fill($0, incident: incident(world)) }
      if let value = filled ?? variable.defaultValue, !value.isEmpty { values[variable.name] = value }
    }
    return values.merging(given) { $1 }
  }

  func view(of step: Step, _ world: World) -> StepView {
    StepView(
      step, in: run(world), values: values(world),
      declared: document?.declared(with: declared(world)) ?? [])
  }
}

extension World {
  /// What `from:` of a variable names: `alert.labels.tenant`, `incident.title`.
  func fill(_ path: String, incident key: String?) -> String? {
    guard let incident = ledger.incident(key) else { return nil }
    let parts = path.split(separator: ".").map(String.init)
    switch parts {
    case ["incident", "title"]: return incident.title
    case ["incident", "severity"]: return incident.severity.rawValue
    case ["incident", "status"]: return incident.status.rawValue
    case ["incident", "impact"]: return incident.impact
    case ["incident", "key"], ["incident", "number"]: return incident.key
    default:
      guard parts.count == 3, parts[0] == "alert", parts[1] == "labels" else { return nil }
      return incident.declared?.from?.alert?.labels[parts[2]]
    }
  }
}
