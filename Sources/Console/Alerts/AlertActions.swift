import Terminal

extension ActionTable {
  /// Screen 1, and screen 2 with its detail.
  static let boardActions: [Action] = [
    Action(
      id: "board-alert", keys: [.enter], title: "Show the alert whole", hint: "detail",
      scope: .pane(.boardAlerts), rank: 45,
      unavailable: { $0.subject.isSomething ? nil : "No alert is selected." },
      run: { console, now in console.showAlert(at: now) }),
    Action(
      id: "board-endpoint", keys: [.enter], title: "Show the endpoint whole", hint: "detail",
      scope: .pane(.boardEndpoints), rank: 15,
      unavailable: { $0.subject.isSomething ? nil : "No endpoint is selected." },
      run: { console, now in console.showEndpoint(at: now) }),
    Action(
      id: "board-routine", keys: [.enter], title: "Open the routine's playbook", hint: "open",
      scope: .pane(.boardRoutines), rank: 45,
      unavailable: { $0.subject.isSomething ? nil : "No routine is selected." },
      run: { console, _ in console.openPlaybook() }),
    Action(
      id: "routine-done", keys: [.character("d")],
      title: "Say that the routine was done, with a reason", hint: "done", scope: .pane(.boardRoutines),
      weight: .records, rank: 20,
      unavailable: { $0.subject.isSomething ? nil : "No routine is selected." },
      run: { console, _ in console.openRoutineDone() }),
    Action(
      id: "faults", keys: [.character("f")], title: "List faults only, or everything again",
      hint: "faults only",
      scope: .screen(.dashboard), rank: 70,
      unavailable: { $0.world.snapshots.isEmpty ? "Nothing is polled yet." : nil },
      run: { console, _ in
        console.dashboard.faultsOnly.toggle()
        return []
      }),
  ]

  static let alertActions: [Action] = [
    Action(
      id: "alert", keys: [.enter], title: "Show the alert whole", hint: "detail", scope: .pane(.alertList),
      rank: 45,
      unavailable: { $0.subject.isSomething ? nil : "No alert is selected." },
      run: { console, now in console.showAlert(at: now) }),
    Action(
      id: "muting", keys: [.enter], title: "Show the silence or the window whole, with what it hides",
      hint: "detail", scope: .pane(.mutingList), rank: 45, unavailable: { $0.whyNoMuting },
      run: { console, now in console.openMuting(at: now) }),
    Action(
      id: "change-silence", keys: [.character("s")], title: "Let the silence end at another time, or now",
      hint: "extend or end", scope: .pane(.mutingList), weight: .outward, rank: 20,
      unavailable: { $0.whyNoMuting }, run: { console, now in console.changeSilence(at: now) }),
  ]
}
