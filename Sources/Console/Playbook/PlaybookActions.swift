import Terminal

extension ActionTable {
  /// Screen 4.
  static let playbookActions: [Action] = [
    Action(
      id: "open-playbook", keys: [.enter], title: "Open the playbook or the run", hint: "open",
      scope: .pane(.playbookList), rank: 1,
      run: { console, _ in console.openSelectedPlaybook() }),
    Action(
      id: "read-step", keys: [.enter], title: "Read the step", hint: "read", scope: .pane(.playbookSteps),
      rank: 5,
      run: { console, _ in
        console.playbook.isTextFocused = true
        return []
      }),
    Action(
      id: "tick", keys: [.character(" ")], title: "Tick the step; the first tick begins the run",
      hint: "tick",
      scope: .screen(.playbook), weight: .records, rank: 1,
      unavailable: { $0.whyNoStep },
      run: { console, now in console.tick(at: now) }),
    Action(
      id: "skip", keys: [.character("S")], title: "Skip the step, with a reason", hint: "skip",
      scope: .screen(.playbook), weight: .records, rank: 2,
      unavailable: { $0.whyNoStep },
      run: { console, _ in console.openSkip() }),
    Action(
      id: "inapplicable", keys: [.character("-")], title: "Mark the step as not applicable", hint: nil,
      scope: .screen(.playbook), weight: .records,
      unavailable: { $0.whyNoStep },
      run: { console, now in console.markInapplicable(at: now) }),
    Action(
      id: "copy-command", keys: [.character("y")], title: "Copy the next command, placeholders filled",
      hint: "copy", scope: .screen(.playbook), rank: 3,
      unavailable: { $0.copyables.isEmpty ? "Nothing in this step is to be copied." : nil },
      run: { console, now in console.copyCommand(at: now) }),
    Action(
      id: "variables", keys: [.character("v")], title: "Give the values of placeholders", hint: "variables",
      scope: .screen(.playbook), rank: 4,
      unavailable: { $0.questions.isEmpty ? "This playbook asks for no value." : nil },
      run: { console, _ in console.openVariables() }),
    Action(
      id: "finish-run", keys: [.character("F")], title: "Finish the run", hint: nil,
      scope: .screen(.playbook),
      weight: .records,
      unavailable: { $0.playbook.run($0.world)?.isOpen == true ? nil : "No run is open here." },
      run: { console, _ in console.finishRun() }),
  ]
}
