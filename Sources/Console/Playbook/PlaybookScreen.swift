import Incidents
import Playbooks
import Terminal
import Values

/// Screen 4: runs and playbooks as a list; or one playbook, its steps beside the step in hand and what its commands
/// wrote.
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
    /// What it was opened for: its labels fill values where no incident does.
    var alert: AlertIdentity?
    /// The routine that a run that begins now is for; such a run is of the section alone.
    var routine: RunStarted.Turn?
    /// Where a run that begins now works; nil: where the system is, unless somebody says.
    var environment: String?

    /// Of a run that begins now.
    var section: String? { routine == nil ? nil : anchor }
  }

  /// Something wanted of a run that is being begun.
  enum Intent: Sendable {
    case tick(String)
    case skip(String, reason: String)
    case inapplicable(String)
    case begin(String)
    case fail(String, reason: String)
    case choose(String, others: [String])
    case assign(String, who: String?)
    case command(CommandPreview)
  }

  enum Focus: Sendable { case steps, text, output }

  var open: Open?
  var list = ListState<String>()
  /// Until somebody moves in it, what is most urgent stands selected, whatever came first.
  private var isListTouched = false
  var steps = ListState<String>()
  var focus = Focus.steps
  /// The focused pane has the whole stage.
  var isWhole = false
  /// Lines of the step's text that are scrolled away.
  var top = 0
  /// Which of the step's commands `y` copies next.
  var command = 0
  /// Of the list of playbooks, and of the steps of the one that is open.
  var filter = ""
  var stepFilter = ""
  var intents: [Intent] = []
  /// Values given before there was a run, and secrets, which the journal never has.
  var given: [String: String] = [:]
  var secrets: [String: Secret] = [:]
  /// Nothing is run: what is shown is copied, and ticked.
  var isInstruction = false
  /// The command that is about to be run, in the place of the text.
  var preview: CommandPreview?
  /// Commands that this console started, by their ids.
  var underWay: [String: CommandUnderWay] = [:]
  /// How far they are, and how the last few ended.
  var commands: [String: CommandNews] = [:]
  /// How many commands this console has started.
  var count = 0
  /// What is left of commands that nobody waits for.
  var orphans: [Orphan] = []
  /// What was read of earlier commands.
  var outputs = KeptOutputs()
  var output = OutputView()
  /// What was found in all playbooks, made anew when the words or the folders change.
  var search = PlaybookFinding()
  /// The text that is open, parsed once.
  private(set) var document: PlaybookDocument?
  private(set) var outline = Outline()
  /// What the document asks for, scanned once for each text.
  private(set) var asked: [Variable] = []
  /// What this process's environment gives to its variables, where the folder is trusted; read once for each text.
  private(set) var environmentValues = EnvironmentValues()
  /// What the runbook has become since the run began; nil while it is the same.
  private(set) var drift: Drift?
  private var parsed: String?
  private var scanned: String?
  private var compared: String?

  var pane: Pane {
    guard open != nil else { return .playbookList }
    switch focus {
    case .steps: return .playbookSteps
    case .text: return .playbookText
    case .output: return .playbookOutput
    }
  }

  /// Esc: the whole stage is given back, from text or output to the steps, from the steps to the list. False when
  /// there is nothing to leave.
  mutating func leave() -> Bool {
    guard open != nil else { return false }
    if isWhole {
      isWhole = false
    } else if focus != .steps {
      focus = .steps
    } else {
      open = nil
    }
    return true
  }

  mutating func show(_ what: Open) {
    guard open != what else { return }
    open = what
    (document, parsed, steps, top, command, given) = (nil, nil, ListState(), 0, 0, [:])
    (focus, isWhole, intents, preview, stepFilter) = (.steps, false, [], nil, "")
    (outline, output, asked, scanned) = (Outline(), OutputView(), [], nil)
    environmentValues = EnvironmentValues()
  }

  func run(_ world: World) -> Run? {
    guard let key = open?.run else { return nil }
    return world.ledger.runs.first { $0.key == key }
  }

  /// The incident that the run is bound to, or would be.
  func incident(_ world: World) -> String? { open == nil ? nil : run(world)?.incident ?? open?.incident }

  /// Nil while a heading is selected.
  var selectedStep: Step? { outline.step(steps.selected) }

  /// What the list shows now.
  var shown: [Outline.Row] {
    guard !stepFilter.isEmpty else { return outline.rows }
    let filter = RowFilter(stepFilter)
    return outline.rows.filter { row in
      switch row {
      case .section(let title, _): filter.matches(title)
      case .group: false
      case .step(let step):
        filter.matches("\(step.number) \(step.title) \(Block.step(step).textLines.joined(separator: " "))")
      }
    }
  }

  private var shownIDs: [String] { stepFilter.isEmpty ? outline.ids : shown.compactMap(\.id) }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    adopt(world)
    readDocument(world)
    compare(world)
    guard open != nil else {
      search.update(filter, world)
      if !isListTouched { list = ListState() }
      list.update(rows(world).map(\.id), height: area.height - 1)
      return
    }
    let wasNew = steps.selected == nil
    let before = steps.selected
    steps.update(shownIDs, height: area.height)
    if wasNew { selectFirst(world) }
    if steps.selected != before { leaveStep() }
    if focus == .output, preview == nil, traces(world).isEmpty { focus = .steps }
  }

  /// Another step begins at its beginning.
  private mutating func leaveStep() { (top, command, output) = (0, 0, OutputView()) }

  /// Where to begin: the run's current step, else the first of the section that was named, else the first.
  private mutating func selectFirst(_ world: World) {
    var section: String?
    if let anchor = open?.anchor {
      section =
        document?.steps(under: anchor).first?.number
        ?? (outline.section("#\(anchor)") == nil ? nil : "#\(anchor)")
    }
    let wanted = run(world).map { $0.current ?? $0.order.last } ?? section ?? outline.steps.first?.number
    if let wanted { steps.select(wanted, in: shownIDs, height: 1000) }
  }

  mutating func select(_ number: String) {
    guard steps.selected != number else { return }
    steps.select(number, in: shownIDs, height: 1000)
    leaveStep()
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
    let current = world.guide(open.system)?.playbook(open.playbook)
    let version = world.guide(open.system)?.digests[open.playbook] ?? ""
    if let digest, let text = world.ledger.snapshots[digest] {
      guard parsed != digest else { return scan(world, "\(digest) \(open.system)") }
      var problems: [Problem] = []
      document = PlaybookDocument(text, file: "\(open.playbook).md", problems: &problems)
      parsed = digest
    } else if let current {
      let key = "\(open.system)/\(open.playbook) \(version)"
      guard parsed != key || version.isEmpty && document != current else { return scan(world, key) }
      document = current
      parsed = key
    } else {
      return
    }
    outline = Outline(document)
    scanned = nil
    scan(world, parsed ?? "")
  }

  private mutating func scan(_ world: World, _ key: String) {
    let isTrusted = open.map { world.isTrusted($0.system) } ?? false
    let key = "\(key) \(world.guide(open?.system)?.digest ?? "") \(isTrusted)"
    guard scanned != key else { return }
    scanned = key
    let declared = declared(world)
    asked = document?.questions(of: outline.steps, with: declared) ?? []
    let variables = declared.overridden(by: document?.settings.variables ?? [])
    environmentValues =
      isTrusted ? EnvironmentValues(variables, from: world.options.environment) : EnvironmentValues()
  }

  /// Whether the file is another text than the one that the run goes by; looked at once for each pair of texts.
  private mutating func compare(_ world: World) {
    guard let open, let run = run(world), run.isOpen, let from = run.snapshot, parsed == from,
      let old = document,
      let guide = world.guide(open.system), let new = guide.playbook(open.playbook),
      let to = guide.digests[open.playbook], to != from
    else {
      (drift, compared) = (nil, nil)
      return
    }
    guard compared != "\(from) \(to)" else { return }
    compared = "\(from) \(to)"
    drift = Drift(from: old, to: new, under: run.started?.section)
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    guard open != nil else {
      let isTaken = list.handle(key, rows: rows(world).map(\.id), height: area.height - 1)
      isListTouched = isListTouched || isTaken
      return isTaken
    }
    let layout = layout(area, world, at: now)
    switch focus {
    case .steps:
      let before = steps.selected
      let isTaken = steps.handle(key, rows: shownIDs, height: max(2, layout.steps.height))
      if steps.selected != before { leaveStep() }
      return isTaken
    case .text:
      let height = max(1, layout.text.height)
      let most = max(0, textRows(layout, world, at: now).count - height)
      let here = min(top, most)
      switch key {
      case .down, .character("j"): top = min(here + 1, most)
      case .up, .character("k"): top = max(0, here - 1)
      case .pageDown, .ctrl("d"): top = min(here + max(1, height - 1), most)
      case .pageUp, .ctrl("u"): top = max(0, here - max(1, height - 1))
      case .home, .character("g"): top = 0
      case .end, .character("G"): top = most
      default: return false
      }
      return true
    case .output:
      return output.handle(key, count: lines(world)?.count ?? 0, height: max(1, layout.output.height))
    }
  }

  /// The step after `number` on which something is left to do.
  mutating func advance(past number: String, _ world: World) {
    let states = run(world)?.states ?? [:]
    let rest = outline.steps(after: number)
    guard let next = rest.first(where: { !(states[$0.number]?.isSettled ?? false) }) else { return }
    select(next.number)
  }

  mutating func failed(_ next: ActsUnderWay.Next) { if next == .run { intents = [] } }
}
