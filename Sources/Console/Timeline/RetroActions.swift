import Terminal

extension ActionTable {
  /// Screen 7.
  static let retroActions: [Action] = [
    Action(
      id: "open-incident", keys: [.enter], title: "Open the incident", hint: "open",
      scope: .pane(.retroIncidents), rank: 2,
      unavailable: { $0.timeline.incidents.selected == nil ? "No incident is selected." : nil },
      run: { console, _ in console.openChosenIncident() }),
    Action(
      id: "retro-jump", keys: [.enter], title: "Go to what the event is about", hint: "go there",
      scope: .pane(.retroTimeline), rank: 2, unavailable: { $0.whyNoEvent },
      run: { console, now in console.jump(at: now) }),
    Action(
      id: "retro-event", keys: [.character("d")], title: "Show the event whole", hint: "detail",
      scope: .pane(.retroTimeline), rank: 4, unavailable: { $0.whyNoEvent },
      run: { console, now in console.showRetroEvent(at: now) }),
    Action(
      id: "retro-pin", keys: [.character("*")],
      title: "Pin the event so that it survives every filter, or take the pin off", hint: "pin",
      scope: .pane(.retroTimeline), weight: .records, rank: 5, unavailable: { $0.whyNoEvent },
      run: { console, now in console.pinRetroEvent(at: now) }),
    Action(
      id: "retro-closer", keys: [.character("+"), .character("=")],
      title: "Look closer: 30 days, a day, an hour, 10 minutes around the event", hint: "closer",
      scope: .pane(.retroTimeline), rank: 6, isMeant: { $0.timeline.view == .events },
      unavailable: { $0.whyNoCloser },
      run: { console, now in console.zoomIn(at: now) }),
    Action(
      id: "retro-wider", keys: [.character("-")], title: "Look at more time", hint: "wider",
      scope: .pane(.retroTimeline), rank: 7, isMeant: { $0.timeline.view == .events },
      unavailable: { $0.timeline.window == nil ? "All the time there is, is shown." : nil },
      run: { console, now in console.zoomOut(at: now) }),
    Action(
      id: "retro-view", keys: [.character("v")],
      title: "Show the incident's timeline, all events, or the retro as it would be written", hint: "view",
      scope: .screen(.timeline), rank: 3,
      run: { console, _ in console.nextRetroView() }),
    Action(
      id: "export", keys: [.character("E")], title: "Export incidents: format, for whom, template, which",
      hint: "export",
      scope: .screen(.timeline), weight: .records, rank: 1, unavailable: { $0.whyNoExport },
      run: { console, _ in console.openExport() }),
    Action(
      id: "retro-figures", keys: [.character("M")],
      title: "Show the figures of the period: times, cadence, alerts, steps", hint: "figures",
      scope: .screen(.timeline), rank: 8, unavailable: { $0.whyNoFigures },
      run: { console, _ in console.openFigures() }),
    Action(
      id: "retro-period", keys: [.character("P")],
      title: "Take the figures of another period: 30 days, 90 days, all time", hint: "period",
      scope: .screen(.timeline), rank: 12,
      run: { console, now in console.nextPeriod(at: now) }),
    Action(
      id: "retro-compare", keys: [.character("c")], title: "Hold the incident against another one",
      hint: "compare", scope: .screen(.timeline), rank: 9, unavailable: { $0.whyNotCompare },
      run: { console, _ in console.openComparison() }),
    Action(
      id: "actions", keys: [.character("A")], title: "Show the action items of all incidents",
      hint: "action items", scope: .screen(.timeline), rank: 7,
      run: { console, _ in console.showActions() }),
    Action(
      id: "add-action", keys: [.character("t")], title: "Add an action item, of the incident or of none",
      hint: "add action", scope: .screen(.timeline), weight: .records, rank: 10,
      run: { console, _ in console.openActionForm() }),
    Action(
      id: "change-action", keys: [.enter], title: "Change the action item: its state, owner, time, title",
      hint: "change", scope: .pane(.retroActions), weight: .records, rank: 2,
      unavailable: { $0.selectedAction == nil ? "No action item is selected." : nil },
      run: { console, _ in console.openActionChange() }),
    Action(
      id: "write-retro", keys: [.character("R")], title: "Write a section of the retro in your editor",
      hint: "write", scope: .screen(.timeline), weight: .records, rank: 6,
      unavailable: { $0.whyNoExport },
      run: { console, _ in console.openRetroSection() }),
    Action(
      id: "backtest", keys: [.character("B")],
      title: "Try other rules on the incident's series: when would they have fired?", hint: "backtest",
      scope: .screen(.timeline), rank: 10, unavailable: { $0.whyNoExport },
      run: { console, _ in console.openBacktest() }),
    Action(
      id: "verify", keys: [.character("V")], title: "Check the journal's chain from its first event on",
      hint: "verify", scope: .screen(.timeline), rank: 11,
      run: { console, now in console.verifyChain(at: now) }),
  ]
}
