import Terminal

extension ActionTable {
  /// The hand-over on screen 3.
  static let handOverActions: [Action] = [
    Action(
      id: "hand-over", keys: [.character("h")],
      title: "Hand over: what the next one has to know, on one screen",
      hint: "hand over", scope: .screen(.incident), rank: 45,
      unavailable: { $0.whyNoIncident(open: false) },
      run: { console, _ in console.openHandOver() }),
    Action(
      id: "give-command", keys: [.enter], title: "Hand the commander's role to somebody",
      hint: "give command…",
      scope: .pane(.incidentHandOver), weight: .records, rank: 1,
      unavailable: { $0.whyNoIncident(open: true) },
      run: { console, _ in console.openCommand() }),
    Action(
      id: "copy-hand-over", keys: [.character("y")], title: "Copy it as Markdown", hint: "copy",
      scope: .pane(.incidentHandOver), rank: 2,
      run: { console, now in console.copyHandOver(at: now) }),
    Action(
      id: "save-hand-over", keys: [.character("E")], title: "Save it as Markdown, beside the journal",
      hint: "save", scope: .pane(.incidentHandOver), rank: 3,
      run: { console, now in console.saveHandOver(asJSON: false, at: now) }),
    Action(
      id: "save-hand-over-json", keys: [.character("J")], title: "Save it as JSON, beside the journal",
      hint: "as JSON", scope: .pane(.incidentHandOver), rank: 4,
      run: { console, now in console.saveHandOver(asJSON: true, at: now) }),
  ]
}
