import Incidents
import Terminal
import Values

extension Console {
  mutating func open(_ overlay: Overlay) -> [Effect] {
    shell.overlay = overlay
    return []
  }

  mutating func openFilter() -> [Effect] { open(.filter(TextField(filterText))) }

  /// A note goes to the incident that is looked at, else to the lead one, else to the journal.
  mutating func openNote(text: String = "") -> [Effect] {
    let target = subjectIncident ?? world.leadIncident?.key
    let about = screen == .playbook ? playbook.noteSubject : nil
    let label = target.map { "note to \($0)" } ?? "note to the journal"
    var entry = LineEntry(
      .note(incident: target), label: about.map { "\(label) on \($0.short)" } ?? label,
      placeholder: "what you see, do or decide", text: text, history: shell.noteHistory)
    entry.about = about?.whole
    return open(.line(entry))
  }

  mutating func openWarnings() -> [Effect] {
    let lines = world.warnings.map { ($0, Style.warn) }
    let shown =
      lines.isEmpty ? [("Every folder was read whole, and every rule is evaluated.", Style.up)] : lines
    return open(.page(TextPage(title: "the watch itself", lines: shown)))
  }

  mutating func openLog() -> [Effect] {
    let lines = shell.log.map { toast -> (String, Style) in
      let time = toast.at.map(\.clockUTC) ?? "         "
      return ("\(time)  \(toast.text)", toast.tone == .failed ? .warn : .text)
    }
    let shown = lines.isEmpty ? [("Nothing happened in this session yet.", Style.dim)] : lines
    return open(.page(TextPage(title: "log of this session", lines: shown, atEnd: true)))
  }

  /// Keys while an overlay is open: they are its own, but for Esc.
  mutating func pressInOverlay(_ key: Key, at now: Instant) -> [Effect] {
    guard let overlay = shell.overlay else { return [] }
    if key == .escape { return closeOverlay(overlay) }
    // The text stays as it is until the answer comes.
    if overlay.saving != nil { return [] }
    switch overlay {
    case .help(var palette): return pressInPalette(&palette, key, isHelp: true, at: now)
    case .palette(var palette): return pressInPalette(&palette, key, isHelp: false, at: now)
    case .filter(var field):
      if key == .enter {
        shell.overlay = nil
        if pane == .playbookOutput, !playbook.output.search.isEmpty {
          return findInOutput(backwards: false, at: now)
        }
      } else if field.handle(key) {
        filterText = field.text
        shell.overlay = .filter(field)
      }
      return []
    case .line(var entry):
      if key == .enter { return submit(entry, at: now) }
      if entry.field.handle(key) { shell.overlay = .line(entry) }
      return []
    case .choice(var choice):
      if key == .enter { return take(choice, at: now) }
      if choice.handle(key) { shell.overlay = .choice(choice) }
      return []
    case .form(var form):
      if key == .enter { return submit(form, at: now) }
      if form.handle(key) {
        followDeclaration(&form)
        shell.overlay = .form(form)
      }
      return []
    case .comment(let panel): return press(key, in: panel, at: now)
    case .send(var panel):
      if key == .enter { return submit(panel, at: now) }
      if key == .ctrl("y") {
        return copy(panel.row?.payload(of: panel.text).joined(separator: "\n") ?? "", at: now)
      }
      if panel.handle(key) { shell.overlay = .send(panel) }
      return []
    case .confirm(let confirmation):
      return key == .enter ? confirm(confirmation, at: now) : []
    case .page(var page):
      if key == .enter || key == .character("q") {
        shell.overlay = nil
      } else if page.handle(key, area: layout.panel) {
        shell.overlay = .page(page)
      }
      return []
    }
  }

  private mutating func closeOverlay(_ overlay: Overlay) -> [Effect] {
    if case .filter = overlay { filterText = "" }
    if case .comment(var panel) = overlay, panel.isArmed, panel.saving == nil {
      panel.isArmed = false
      shell.overlay = .comment(panel)
      return []
    }
    shell.overlay = nil
    return []
  }

  private mutating func pressInPalette(
    _ palette: inout Palette, _ key: Key, isHelp: Bool, at now: Instant
  ) -> [Effect] {
    let rows = palette.rows(isHelp: isHelp, in: self)
    if key == .enter {
      guard let row = rows.first(where: { $0.action.id == palette.list.selected }) else { return [] }
      shell.overlay = nil
      if let screen = row.elsewhere { return go(to: screen) }
      return run(row.action, at: now)
    }
    let ids = rows.map(\.action.id)
    let isList = [Key.up, .down, .pageUp, .pageDown].contains(key)
    if isList {
      _ = palette.list.handle(key, rows: ids, height: layout.panel.height - 2)
    } else if palette.field.handle(key) {
      // What fits best is at the top again.
      palette.list = ListState()
    }
    shell.overlay = isHelp ? .help(palette) : .palette(palette)
    return []
  }

  private mutating func confirm(_ confirmation: Confirmation, at now: Instant) -> [Effect] {
    switch confirmation.purpose {
    case .quit, .leave: return [.quit]
    case .cancel(let id): return endCommand(id, at: now)
    case .finish(let run): return finish(run, closing: true)
    case .merge(let key, let other): return merge(key, into: other)
    case .retryDelivery(let delivery): return retry(delivery, closing: true)
    case .move(let run): return move(run)
    case .desk(let work): return start(work)
    }
  }
}
