import Terminal

/// The last line: the keys of what has the keyboard.
struct Footer {
  let console: Console

  private static let general = ["filter", "palette", "help", "quit"]

  func draw(in frame: inout Frame, _ line: Rect) {
    let preview = console.screen == .playbook ? console.playbook.preview : nil
    let writing = console.screen == .comms && console.comms.isWriting ? console.comms.writing : nil
    let hints =
      console.shell.overlay.map { $0.hints } ?? preview.map { $0.hints } ?? writing.map { $0.hints } ?? []
    if !hints.isEmpty || console.shell.overlay != nil {
      // Whole words or none; how to get out always stands there.
      let segments = hints.enumerated().map { index, hint in
        Segment(Self.hint(hint.0, hint.1), drop: hint.0 == "Esc" ? 0 : index)
      }
      frame.put(Segment.fit(segments, width: line.width - 2), x: line.x + 1, in: line)
      return
    }
    let actions = ActionTable.active(in: console).filter { $0.hint != nil && !$0.keys.isEmpty }
    // On a narrow screen only help and quit, which lead to everything else.
    let shown = line.width < 100 ? Array(Self.general.suffix(2)) : Self.general
    let right = actions.filter { shown.contains($0.id) }.map { action in
      Segment(Self.hint(action.keys.first?.description ?? "", action.hint ?? ""))
    }
    let rightWidth = right.reduce(max(0, right.count - 1) * 2) { $0 + $1.spans.displayWidth }
    let usable = actions.filter { action in
      !Self.general.contains(action.id) && !isBesideThePoint(action) && action.unavailable(console) == nil
    }.sorted { $0.rank < $1.rank }
    let left = Segment.fit(
      usable.enumerated().map { index, action in
        Segment(Self.hint(action.keys.first?.description ?? "", action.hint ?? ""), drop: index + 1)
      }, width: line.width - rightWidth - 4)
    frame.put(left, x: line.x + 1, in: line)
    frame.put(right, x: line.right - rightWidth - 1, in: line)
  }

  /// Possible, but not what one comes to this screen for.
  private func isBesideThePoint(_ action: Action) -> Bool {
    switch action.id {
    case "declare", "probe", "silence":
      if case .incident = console.subject { return true }
      if case .ticket = console.subject { return action.id != "declare" }
      return false
    case "playbook": return console.screen == .playbook || console.screen == .tickets
    case "update": return console.screen == .comms || console.screen == .tickets
    default: return false
    }
  }

  static func hint(_ key: String, _ words: String) -> Spans { [(key, .key), (" " + words, .dim)] }
}
