import Incidents
import Playbooks
import Systems
import Terminal
import Values

/// From a command on the screen to its start.
extension Console {
  /// Why nothing of this playbook is run here, as a sentence that says what can be done instead; nil when it can.
  var whyNoRunning: String? {
    let instead = "y copies what would run"
    if world.options.readOnly { return "This console only reads, so that it runs nothing; \(instead)." }
    if !world.options.mayExecute {
      return "\(world.options.refusal); \(instead), Space ticks."
    }
    if playbook.isInstruction {
      return "Instruction mode runs nothing; \(instead), Space ticks, I leaves it."
    }
    guard let system = playbook.open?.system else { return "Open a playbook first: Enter." }
    if let environment = playbook.environment(world), environment.isReference {
      return "\(environment.name) is there for reference and never run; \(instead)."
    }
    if !world.isTrusted(system) {
      let path = world.options.folders[system]?.path ?? system
      return
        "Nobody trusts \(system)'s folder as it is now: `midwatch trust \(path)` lets it run; \(instead)."
    }
    if world.options.process == nil { return "This console starts no processes; \(instead)." }
    return nil
  }

  /// Why the selected step's command cannot be run now.
  var whyNoCommand: String? {
    if let reason = whyNoStepHere { return reason }
    guard let step = playbook.selectedStep else { return "No step is selected." }
    guard !step.commands.isEmpty else {
      return "\(step.number) has no command to run; do what it says, and tick it."
    }
    guard step.commands.contains(where: { !$0.isAssignment }) else {
      return "\(step.number) only sets variables: do it where they belong, and tick it."
    }
    if let reason = whyNoRunning { return reason }
    if playbook.underWay.values.contains(where: { $0.isStarting })
      || world.saving.contains(PlaybookScreen.starting)
    {
      return "The start of a command is just being saved; nothing is started twice."
    }
    if let running = playbook.running(in: step.number, world) {
      if running.state == .saving { return "How the last one ended is just being saved." }
      return running.isOurs
        ? "It runs since \(running.at.minuteUTC); C ends it."
        : "\(running.by) started it at \(running.at.minuteUTC) and it has not ended; wait for it."
    }
    return nil
  }

  /// Shows what would run; Enter there runs it.
  mutating func openCommand(inTerminal: Bool = false, all: Bool = false, index: Int? = nil, at now: Instant)
    -> [Effect]
  {
    guard let step = playbook.selectedStep, let document = playbook.document else { return [] }
    let first =
      index ?? playbook.next(of: step, world)
      ?? step.commands.indices.first { $0 >= playbook.command && !step.commands[$0].isAssignment }
      ?? step.commands.indices.first { !step.commands[$0].isAssignment }
    guard let first else { return [] }
    let run = playbook.run(world)
    let setting = playbook.setting(world)
    func plan(_ index: Int) -> Result<CommandPlan, CommandPlan.Objection> {
      CommandPlan.make(step, index, of: document, in: run, setting)
    }
    switch plan(first) {
    case .failure(let objection): return ask(objection, inTerminal: inTerminal, all: all, at: now)
    case .success(let only):
      var plans = [only]
      var stop: String?
      if all, !inTerminal {
        for index in step.commands.indices.dropFirst(first + 1) where stop == nil {
          if step.commands[index].isAssignment { continue }
          switch plan(index) {
          case .success(let next) where next.isBackground == only.isBackground: plans.append(next)
          case .success: stop = "it ends there: what follows runs beside the other steps."
          case .failure(.unresolved(let why)) where !(why.missing + why.undecided).isEmpty:
            return ask(.unresolved(why), inTerminal: inTerminal, all: all, at: now)
          case .failure(let objection): stop = objection.sentence
          }
        }
      }
      let mode: CommandStarted.Mode =
        inTerminal ? .terminal : only.isBackground ? .background : only.isCheck ? .check : .once
      var preview = CommandPreview(step: step.number, plans: plans, mode: mode)
      preview.stop = stop
      tellEarlier(of: only, in: step, &preview)
      playbook.preview = preview
      playbook.isWhole = false
      return []
    }
  }

  /// What is missing is asked for, and then what would run is shown; anything else is said.
  private mutating func ask(
    _ objection: CommandPlan.Objection, inTerminal: Bool, all: Bool, at now: Instant
  ) -> [Effect] {
    if case .unresolved(let why) = objection {
      let names = why.missing + why.undecided
      if !names.isEmpty {
        return openVariables(
          only: names, undecided: Set(why.undecided), wanted: .running(inTerminal: inTerminal, all: all))
      }
    }
    shell.say(objection.sentence, at: now, tone: .failed)
    return []
  }

  private func tellEarlier(of plan: CommandPlan, in step: Step, _ preview: inout CommandPreview) {
    guard let last = playbook.standing(of: step, world)[plan.index] else { return }
    switch last.state {
    case .unknown:
      preview.isUncertain = true
      let alive = last.orphan.map { " Its process \($0.pid) is still alive; C ends it first." } ?? ""
      preview.earlier =
        "Nobody knows what became of it when \(last.by) ran it at \(last.at.minuteUTC).\(alive) Running it again asks once more."
    case .passed where !plan.isCheck:
      preview.earlier =
        "It has succeeded already: \(last.by) ran it at \(last.at.minuteUTC). This runs it again."
    case .failed:
      let how = last.told(at: last.at).map(\.0).joined().drop { !$0.isLetter }
      preview.earlier = "It failed when \(last.by) ran it at \(last.at.minuteUTC): \(how)."
    default: break
    }
  }

  /// Keys while something is about to be run: they are its own.
  mutating func pressInPreview(_ key: Key, at now: Instant) -> [Effect] {
    guard var preview = playbook.preview else { return [] }
    switch key {
    case .escape:
      playbook.preview = nil
      return []
    case .enter: return confirm(preview, at: now)
    case .tab, .backtab:
      guard let step = playbook.selectedStep, let plan = preview.plans.first else { return [] }
      let able = step.commands.indices.filter { !step.commands[$0].isAssignment }
      guard able.count > 1, let here = able.firstIndex(of: plan.index) else { return [] }
      let next = able[(here + (key == .tab ? 1 : able.count - 1)) % able.count]
      return openCommand(inTerminal: preview.mode == .terminal, index: next, at: now)
    default:
      if preview.handle(key) { playbook.preview = preview }
      return []
    }
  }

  /// Runs what is shown, once everything that it asks for was given.
  private mutating func confirm(_ preview: CommandPreview, at now: Instant) -> [Effect] {
    func refuse(_ sentence: String, arming: Bool = false) -> [Effect] {
      playbook.preview?.error = sentence
      playbook.preview?.isArmed = arming
      return []
    }
    if let reason = whyNoCommand { return refuse(reason) }
    if preview.danger != nil, preview.typed.text.trimmed != preview.target {
      return refuse(
        preview.typed.isEmpty
          ? "Nothing was run: type \(preview.target) first."
          : "Nothing was run: that is not \(preview.target).")
    }
    if preview.isUncertain, !preview.isArmed {
      return refuse("It may have done its work before. Enter once more runs it again.", arming: true)
    }
    playbook.preview = nil
    return want(.command(preview), at: now)
  }

  /// Writes down that it starts; it starts once that is committed.
  mutating func start(_ preview: CommandPreview, run: String, at now: Instant) -> [Effect] {
    guard let plan = preview.plans.first, let process = world.options.process, whyNoRunning == nil else {
      return []
    }
    playbook.count += 1
    let id = process.command(playbook.count, at: now)
    let order = CommandOrder(id: id, run: run, mode: preview.mode, plan: plan)
    var underWay = CommandUnderWay(order: order, started: now)
    underWay.rest = Array(preview.plans.dropFirst())
    playbook.underWay[id] = underWay
    playbook.output = OutputView()
    var effects: [Effect] = []
    // A way out that is gone is chosen.
    if let step = playbook.outline.step(plan.step), let others = undecidedWays(of: step) {
      effects += perform(
        ChooseStep(run: run, step: plan.step, others: others), on: PlaybookScreen.savingKey(plan.step),
        done: "",
        undo: .choice(run: run, steps: [plan.step] + others))
    }
    let act = StartCommand(
      plan, run: run, id: id, mode: preview.mode, digest: plan.digest, owner: process)
    return effects
      + perform(act, on: PlaybookScreen.savingKey(plan.step), done: "", next: .commandStarted(id))
  }
}
