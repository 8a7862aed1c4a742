import Terminal

extension ActionTable {
  /// Screen 4.
  static let playbookActions: [Action] = paneActions + stepActions + commandActions + runActions

  private static let paneActions: [Action] = [
    Action(
      id: "open-playbook", keys: [.enter], title: "Open the playbook or the run", hint: "open",
      scope: .pane(.playbookList), rank: 1,
      run: { console, _ in console.openSelectedPlaybook() }),
    Action(
      id: "read-step", keys: [.enter], title: "Read the step", hint: "read", scope: .pane(.playbookSteps),
      rank: 8,
      run: { console, _ in console.readStep() }),
    Action(
      id: "whole-text", keys: [.enter], title: "Give the text the whole screen, or give it back",
      hint: "whole screen",
      scope: .pane(.playbookText), rank: 5,
      run: { console, _ in console.toggleWhole() }),
    Action(
      id: "whole-output", keys: [.enter], title: "Give the output the whole screen, or give it back",
      hint: "whole screen", scope: .pane(.playbookOutput), rank: 1,
      run: { console, _ in console.toggleWhole() }),
    Action(
      id: "next-match", keys: [.character("n")], title: "The next line that holds what is searched",
      hint: "next",
      scope: .pane(.playbookOutput), rank: 2,
      isMeant: { !$0.playbook.output.search.isEmpty },
      run: { console, now in console.findInOutput(backwards: false, at: now) }),
    Action(
      id: "previous-match", keys: [.character("N")], title: "The line before that holds what is searched",
      hint: nil,
      scope: .pane(.playbookOutput),
      unavailable: { $0.playbook.output.search.isEmpty ? "Nothing is searched: / searches." : nil },
      run: { console, now in console.findInOutput(backwards: true, at: now) }),
    Action(
      id: "earlier-output", keys: [.character("<")], title: "What an earlier command of the step wrote",
      hint: nil,
      scope: .screen(.playbook),
      unavailable: { $0.playbook.traces($0.world).isEmpty ? "No command of this step was run." : nil },
      run: { console, _ in console.chooseOutput(by: -1) }),
    Action(
      id: "later-output", keys: [.character(">")], title: "What a later command of the step wrote", hint: nil,
      scope: .screen(.playbook),
      unavailable: { $0.playbook.traces($0.world).isEmpty ? "No command of this step was run." : nil },
      run: { console, _ in console.chooseOutput(by: 1) }),
  ]

  private static let stepActions: [Action] = [
    Action(
      id: "tick", keys: [.character(" ")],
      title: "Tick the step, or take this way out of several; the first tick begins the run", hint: "tick",
      scope: .screen(.playbook), weight: .records, rank: 2,
      unavailable: { $0.whyNoStep },
      run: { console, now in console.tick(at: now) }),
    Action(
      id: "skip", keys: [.character("S")], title: "Skip the step, with a reason", hint: "skip",
      scope: .screen(.playbook), weight: .records, rank: 4,
      unavailable: { $0.whyNoStep },
      run: { console, _ in console.openSkip() }),
    Action(
      id: "inapplicable", keys: [.character("-")], title: "Mark the step as not applicable", hint: nil,
      scope: .screen(.playbook), weight: .records,
      unavailable: { $0.whyNoStep },
      run: { console, now in console.markInapplicable(at: now) }),
    Action(
      id: "begin-step", keys: [.character("b")], title: "Say that the step is being done", hint: nil,
      scope: .screen(.playbook), weight: .records,
      unavailable: { $0.whyNoStep },
      run: { console, now in console.beginStep(at: now) }),
    Action(
      id: "step-failed", keys: [.character("f")], title: "Say that the step has failed, with a reason",
      hint: nil,
      scope: .screen(.playbook), weight: .records,
      unavailable: { $0.whyNoStep },
      run: { console, _ in console.openFailure() }),
    Action(
      id: "assign", keys: [.character("A")], title: "Give the step to somebody, or back", hint: "assign",
      scope: .screen(.playbook), weight: .records, rank: 30,
      unavailable: { $0.whyNoStepHere },
      run: { console, _ in console.openAssignment() }),
    Action(
      id: "copy-command", keys: [.character("y")],
      title: "Copy the next command, placeholders filled; in the output all of it", hint: "copy",
      scope: .screen(.playbook), rank: 5,
      unavailable: { $0.whyNoCopy },
      run: { console, now in console.copyHere(at: now) }),
  ]

  private static let commandActions: [Action] = [
    Action(
      id: "run-command", keys: [.character("x")],
      title: "Show the step's next command whole; Enter there runs it",
      hint: "run", scope: .screen(.playbook), rank: 1,
      unavailable: { $0.whyNoCommand },
      run: { console, now in console.openCommand(at: now) }),
    Action(
      id: "run-in-terminal", keys: [.character("X")],
      title: "The same, with the terminal in the command's hands", hint: "run in terminal",
      scope: .screen(.playbook), rank: 20,
      unavailable: { $0.whyNoCommand },
      run: { console, now in console.openCommand(inTerminal: true, at: now) }),
    Action(
      id: "run-all", keys: [.character("R")],
      title: "The same with all of the step's commands, up to the first that fails", hint: nil,
      scope: .screen(.playbook),
      unavailable: { $0.whyNoCommand },
      run: { console, now in console.openCommand(all: true, at: now) }),
    Action(
      id: "end-command", keys: [.character("C")], title: "End the running command, or what is left of one",
      hint: "end it", scope: .screen(.playbook), weight: .outward, rank: 0,
      unavailable: { $0.whyNoEnding },
      run: { console, _ in console.openEnding() }),
    Action(
      id: "evidence", keys: [.character("e")],
      title: "Attach what the command wrote to the incident as evidence",
      hint: "evidence", scope: .screen(.playbook), weight: .records, rank: 7,
      unavailable: { $0.whyNoEvidence },
      run: { console, now in console.attachEvidence(at: now) }),
    Action(
      id: "instruction", keys: [.character("I")], title: "Instruction mode: run nothing, copy and tick",
      hint: nil,
      scope: .screen(.playbook),
      run: { console, now in console.toggleInstruction(at: now) }),
  ]

  private static let runActions: [Action] = [
    Action(
      id: "variables", keys: [.character("v")], title: "Give the values of placeholders", hint: "variables",
      scope: .screen(.playbook), rank: 6,
      unavailable: { $0.whyNoVariables },
      run: { console, _ in console.openVariables() }),
    Action(
      id: "effect-undone", keys: [.character("U")], title: "Say that what a step left in force is undone",
      hint: nil,
      scope: .screen(.playbook), weight: .records,
      unavailable: { $0.whyNoEffect },
      run: { console, _ in console.openEffects() }),
    Action(
      id: "move-run", keys: [.character("M")], title: "Go on with the runbook as it is now", hint: nil,
      scope: .screen(.playbook), weight: .records,
      unavailable: { $0.whyNotMove },
      run: { console, _ in console.openMove() }),
    Action(
      id: "finish-run", keys: [.character("F")], title: "Finish the run", hint: nil,
      scope: .screen(.playbook), weight: .records,
      unavailable: { $0.playbook.run($0.world)?.isOpen == true ? nil : "No run is open here." },
      run: { console, _ in console.finishRun() }),
  ]
}
