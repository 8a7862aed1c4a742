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
      id: "retro-event", keys: [.enter], title: "Show the event whole", hint: "detail",
      scope: .pane(.retroTimeline), rank: 2,
      run: { console, _ in console.showRetroEvent() }),
    Action(
      id: "export", keys: [.character("E")], title: "Export the incident as Markdown", hint: "export",
      scope: .screen(.timeline), weight: .records, rank: 1,
      unavailable: { $0.timeline.incidents.selected == nil ? "No incident is selected." : nil },
      run: { console, now in console.export("md", at: now) }),
    Action(
      id: "export-json", keys: [.character("J")], title: "Export the incident as JSON", hint: "as JSON",
      scope: .screen(.timeline), weight: .records, rank: 3,
      unavailable: { $0.timeline.incidents.selected == nil ? "No incident is selected." : nil },
      run: { console, now in console.export("json", at: now) }),
  ]
}
