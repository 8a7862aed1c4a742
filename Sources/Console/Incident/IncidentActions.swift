import Terminal

extension ActionTable {
  /// Screen 3.
  static let incidentActions: [Action] = [
    Action(
      id: "event", keys: [.enter], title: "Show the event whole", hint: nil, scope: .pane(.incidentTimeline),
      unavailable: { $0.incident.selectedLine($0.world) == nil ? "No event is selected." : nil },
      run: { console, _ in console.showEvent() }),
    Action(
      id: "pin", keys: [.character("*")], title: "Pin the event, or take the pin off", hint: "pin",
      scope: .pane(.incidentTimeline), weight: .records, rank: 49,
      unavailable: { $0.incident.selectedLine($0.world) == nil ? "No event is selected." : nil },
      run: { console, _ in console.pinEvent() }),
    Action(
      id: "amend", keys: [.character("c")], title: "Say a note or a decision anew, with a reason", hint: nil,
      scope: .pane(.incidentTimeline), weight: .records,
      unavailable: { $0.whyNotSayAnew }, run: { console, _ in console.openAmendment() }),
    Action(
      id: "retract", keys: [.character("R")], title: "Take a note or a decision back, with a reason",
      hint: nil,
      scope: .pane(.incidentTimeline), weight: .records,
      unavailable: { $0.whyNotSayAnew }, run: { console, _ in console.openRetraction() }),
    Action(
      id: "timeline-kinds", keys: [.character("f")],
      title: "List everything, what people did, what the watch saw, updates, or what is pinned",
      hint: "filter",
      scope: .pane(.incidentTimeline), rank: 50,
      unavailable: { $0.whyNoIncident(open: false) },
      run: { console, _ in
        console.incident.kinds = console.incident.kinds.next
        return []
      }),
    Action(
      id: "task-done", keys: [.character(" ")], title: "Tick the task", hint: "done",
      scope: .pane(.incidentTasks), weight: .records, rank: 5,
      unavailable: { $0.whyNotTick },
      run: { console, _ in console.finishTask() }),
    Action(
      id: "task-change", keys: [.enter], title: "Say what came of the task, give it to somebody, drop it",
      hint: "outcome, give, drop", scope: .pane(.incidentTasks), weight: .records, rank: 6,
      unavailable: { $0.selectedTask == nil ? "No task is selected." : nil },
      run: { console, _ in console.openTaskChoice() }),
    Action(
      id: "backdated-note", keys: [.character("N")], title: "Write a backdated note", hint: "backdated",
      scope: .screen(.incident), weight: .records, rank: 48,
      unavailable: { $0.whyNoIncident(open: false) },
      run: { console, _ in console.openNote(text: "-5m ") }),
    Action(
      id: "status", keys: [.character("S")], title: "Change the status; Resolved ends it", hint: "status",
      scope: .screen(.incident), weight: .records, rank: 12,
      unavailable: { $0.whyNoIncident(open: false) },
      run: { console, _ in console.openStatus() }),
    Action(
      id: "task", keys: [.character("t")], title: "Add a task", hint: "task", scope: .screen(.incident),
      weight: .records, rank: 40,
      unavailable: { $0.whyNoIncident(open: true) },
      run: { console, _ in console.openTask() }),
    Action(
      id: "role", keys: [.character("o")], title: "Take or give a role", hint: "role",
      scope: .screen(.incident),
      weight: .records, rank: 46,
      unavailable: { $0.whyNoIncident(open: true) },
      run: { console, _ in console.openRoles() }),
    Action(
      id: "decide", keys: [.character("d")],
      title: "Write down what was decided, and what was said against it",
      hint: "decided", scope: .screen(.incident), weight: .records, rank: 42,
      unavailable: { $0.whyNoIncident(open: true) },
      run: { console, _ in console.openDecision() }),
    Action(
      id: "describe", keys: [.character("e")], title: "Say title, impact, affected endpoints or start anew",
      hint: "describe", scope: .screen(.incident), weight: .records, rank: 44,
      unavailable: { $0.whyNoIncident(open: false) },
      run: { console, _ in console.openDescription() }),
    Action(
      id: "link", keys: [.character("m")],
      title: "Merge, link to another incident or an address, or take a link off",
      hint: "merge, link", scope: .screen(.incident), weight: .records, rank: 49,
      unavailable: { $0.whyNoIncident(open: false) },
      run: { console, _ in console.openLinks() }),
    Action(
      id: "incident-effect-undone", keys: [.character("U")],
      title: "Say that what a step left in force is undone", hint: nil, scope: .screen(.incident),
      weight: .records,
      unavailable: { $0.whyNoEffect },
      run: { console, _ in console.openEffects() }),
    Action(
      id: "snooze-deadline", keys: [.character("w")], title: "Snooze what is due: silent for a while",
      hint: nil, scope: .screen(.incident), weight: .records,
      unavailable: { $0.whyNoDeadline(.snooze) },
      run: { console, now in console.chooseDeadline(.snooze, at: now) }),
    Action(
      id: "dismiss-deadline", keys: [.character("W")],
      title: "Dismiss what is due, with a reason: silent for good", hint: nil, scope: .screen(.incident),
      weight: .records,
      unavailable: { $0.whyNoDeadline(.dismiss) },
      run: { console, now in console.chooseDeadline(.dismiss, at: now) }),
    Action(
      id: "meet-deadline", keys: [.character("M")],
      title: "Say that a rung was called or a follow-up is done", hint: nil, scope: .screen(.incident),
      weight: .records,
      unavailable: { $0.whyNoDeadline(.meet) },
      run: { console, now in console.chooseDeadline(.meet, at: now) }),
    Action(
      id: "incident-tickets", keys: [.character("l")], title: "List the tickets that are linked to it",
      hint: "tickets", scope: .screen(.incident), rank: 45,
      unavailable: { $0.whyNoIncident(open: false) ?? $0.whyNoLinkedTickets },
      run: { console, _ in console.listIncidentsTickets() }),
    Action(
      id: "severity", keys: [.character("v")], title: "Change the severity", hint: "severity",
      scope: .screen(.incident), weight: .records, rank: 47,
      unavailable: { $0.whyNoIncident(open: true) },
      run: { console, _ in console.openSeverity() }),
  ]
}
