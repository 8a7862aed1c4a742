import Terminal

extension ActionTable {
  /// Keys that mean the same on every screen.
  static let everywhereActions: [Action] =
    [
      Action(
        id: "filter", keys: [.character("/")], title: "Filter what is listed; ! before a word excludes it",
        hint: "filter", scope: .everywhere,
        run: { console, _ in console.openFilter() }),
      Action(
        id: "palette", keys: [.character(":")], title: "Find any action by its name", hint: "command",
        scope: .everywhere,
        run: { console, _ in console.open(.palette(Palette())) }),
      Action(
        id: "help", keys: [.character("?")], title: "Show what the keys do here", hint: "help",
        scope: .everywhere,
        run: { console, _ in console.open(.help(Palette())) }),
      Action(
        id: "quit", keys: [.character("q")], title: "Leave midwatch", hint: "quit", scope: .everywhere,
        run: { console, now in console.quit(at: now) }),
      Action(
        id: "note", keys: [.character("n")], title: "Write a note to the timeline", hint: "note",
        scope: .everywhere, weight: .records, rank: 35,
        run: { console, _ in console.openNote() }),
      Action(
        id: "focus", keys: [.character("I")], title: "Choose which of the open incidents is in focus",
        hint: nil, scope: .everywhere,
        unavailable: { $0.whyNoOtherIncident },
        run: { console, _ in console.openFocus() }),
      Action(
        id: "next-pane", keys: [.tab], title: "Go to the next pane", hint: nil, scope: .everywhere,
        run: { console, _ in console.nextPane(by: 1) }),
      Action(
        id: "previous-pane", keys: [.backtab], title: "Go to the previous pane", hint: nil,
        scope: .everywhere,
        run: { console, _ in console.nextPane(by: -1) }),
      Action(
        id: "out", keys: [.escape], title: "Leave what is open, clear the filter", hint: nil,
        scope: .everywhere,
        run: { console, _ in console.leave() }),
      Action(
        id: "back", keys: [.character("[")], title: "Go back to the screen before", hint: nil,
        scope: .everywhere,
        run: { console, _ in console.goBack() }),
      Action(
        id: "forward", keys: [.character("]")], title: "Go forward again", hint: nil, scope: .everywhere,
        run: { console, _ in console.goForward() }),
      Action(
        id: "warnings", keys: [], title: "Show what is wrong with the watch itself", hint: nil,
        scope: .everywhere,
        run: { console, _ in console.openWarnings() }),
      Action(
        id: "routines", keys: [], title: "Show every routine: when it is due, when it was done",
        hint: nil, scope: .everywhere,
        run: { console, now in console.openRoutines(at: now) }),
      Action(
        id: "slos", keys: [], title: "Show every objective: what is left of its budget, how fast it burns",
        hint: nil, scope: .everywhere,
        run: { console, _ in console.openObjectives() }),
      Action(
        id: "log", keys: [], title: "Show what happened in this session", hint: nil, scope: .everywhere,
        run: { console, _ in console.openLog() }),
    ]
    + Screen.allCases.map { screen in
      Action(
        id: "screen-\(screen.rawValue)", keys: [.character(Character(String(screen.rawValue)))],
        title: "Go to the screen \(screen.title)", hint: nil, scope: .everywhere,
        run: { console, _ in console.go(to: screen) })
    }
}
