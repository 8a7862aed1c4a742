import Incidents
import Playbooks
import Terminal
import Values

/// Values of placeholders: asked for, checked, remembered for the run.
extension Console {
  /// What the playbook asks for.
  var questions: [Variable] { playbook.asked }

  /// Whether there is anything to be given here.
  var whyNoVariables: String? {
    guard playbook.open != nil else { return "Open a playbook first: Enter." }
    return questions.isEmpty && !hasEnvironments ? "This playbook asks for no value." : nil
  }

  /// Whether somebody can say where the run works: before it begins, where there are several places.
  private var hasEnvironments: Bool {
    playbook.run(world) == nil && (world.guide(playbook.open?.system)?.environments.count ?? 0) > 1
  }

  mutating func openVariables(
    only names: [String]? = nil, undecided: Set<String> = [], wanted: Form.Wish = .values
  ) -> [Effect] {
    let known = playbook.values(world)
    let all = questions
    let variables = names.map { $0.map { name in all.first { $0.name == name } ?? Variable(name) } } ?? all
    var fields = variables.map { variable in
      let value =
        known[variable.name].map(\.shown) ?? variable.defaultValue
        ?? (undecided.contains(variable.name) ? variable.name : "")
      let hint =
        undecided.contains(variable.name)
        ? "this word looks like a place for a value; left as it is, it stands for itself"
        : variable.pattern.map { "it must match \($0)" } ?? ""
      let from =
        playbook.environmentValues.refused[variable.name] ?? variable.from.map { "filled from \($0)" } ?? ""
      let secret = variable.isSecret ? "kept in this session only, never written down" : ""
      let note = [hint, from, secret].filter { !$0.isEmpty }.joined(separator: "; ")
      if !variable.choices.isEmpty {
        return Form.Field(
          variable.name, variable.prompt, options: variable.choices,
          selected: variable.choices.firstIndex(of: value) ?? 0, note: note)
      }
      return Form.Field(variable.name, variable.prompt, text: variable.isSecret ? "" : value, note: note)
    }
    if names == nil, hasEnvironments, let guide = world.guide(playbook.open?.system) {
      let here = guide.environments.firstIndex { $0.name == playbook.environment(world)?.name } ?? 0
      fields.insert(
        Form.Field(
          Self.environmentField, "where it works", options: guide.environments.map(\.name), selected: here,
          note: "named before anything destructive runs; one for reference is never run"), at: 0)
    }
    let isChange =
      playbook.run(world).map { run in variables.contains { run.values[$0.name] != nil } } ?? false
    if isChange {
      fields.append(
        Form.Field(
          Self.reasonField, "why it changes", note: "needed when a value that the run goes by is changed"))
    }
    let verb: String
    switch wanted {
    case .values: verb = "use"
    case .copying: verb = "use and copy"
    case .running: verb = "use, then show what runs"
    }
    return open(
      .form(
        Form(
          .variables(wanted), title: "values for \(playbook.document?.title ?? "")", verb: verb,
          fields: fields)))
  }

  private static let environmentField = " environment"
  private static let reasonField = " reason"

  mutating func submitVariables(_ form: Form, _ wanted: Form.Wish, at now: Instant) -> [Effect] {
    let variables = questions
    let known = playbook.values(world)
    let run = playbook.run(world)
    let reason = form[Self.reasonField]
    var changed: [(Variable, String)] = []
    for field in form.fields where field.id != Self.environmentField && field.id != Self.reasonField {
      let variable = variables.first { $0.name == field.id } ?? Variable(field.id)
      let value = field.value.trimmed
      guard !value.isEmpty, known[field.id] != .plain(value) else { continue }
      if let objection = variable.objection(to: value) {
        shell.overlay?.fail(objection)
        return []
      }
      if !variable.isSecret, run?.values[variable.name] != nil, reason.isEmpty, !world.options.readOnly {
        shell.overlay?.fail(
          "\(run?.key ?? "The run") goes by another value of \(variable.name): say why it changes.")
        return []
      }
      changed.append((variable, value))
    }
    let environment = form[Self.environmentField]
    if !environment.isEmpty { playbook.open?.environment = environment }
    shell.overlay = nil
    var effects: [Effect] = []
    for (variable, value) in changed {
      if variable.isSecret {
        let secret = Secret(value)
        playbook.secrets[variable.name] = secret
        if !secret.isMasked { shell.say(SetVariable.unmasked(variable.name), at: now, tone: .failed) }
      } else {
        playbook.given[variable.name] = value
      }
      // Who only reads may still fill in a command to copy; the journal does not learn of it.
      guard let run = playbook.open?.run, !world.options.readOnly else { continue }
      let act = SetVariable(
        run: run, name: variable.name, content: variable.isSecret ? .secret : .plain(value),
        reason: reason.isEmpty ? nil : reason, variable: variable)
      effects += perform(act, on: run, done: "\(variable.name) is set")
    }
    switch wanted {
    case .values: break
    case .copying: effects += copyCommand(at: now)
    case .running(let inTerminal, let all): effects += openCommand(inTerminal: inTerminal, all: all, at: now)
    }
    return effects
  }
}
