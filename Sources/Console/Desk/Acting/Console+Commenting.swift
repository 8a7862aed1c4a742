import Comms
import Desk
import Incidents
import Terminal
import Values

/// What is written on tickets, and how it goes out.
extension Console {
  /// - Parameters:
  ///   - keys: the tickets that it is written on; nil is those that are marked, else the one that is looked at.
  ///   - text: what it begins with; a text that was begun before comes back instead.
  mutating func openComment(
    isPublic: Bool, on keys: [String]? = nil, readers: [String]? = nil, seen: [String: Int]? = nil,
    text: String = ""
  ) -> [Effect] {
    let keys = keys ?? tickets.targets(world)
    guard !keys.isEmpty else { return [] }
    var named: [String] = []
    for name in readers ?? keys.compactMap({ world.ticket($0)?.ticket.requester }) where !named.contains(name)
    {
      named.append(name)
    }
    let known = seen ?? comments(on: keys)
    let kept = tickets.unsent[CommentPanel.key(keys, isPublic: isPublic)]
    var warnings = world.objections(to: isPublic ? .public : .internal, on: keys).map {
      "\($0). Sent all the same, it is recorded as such."
    }
    if kept != nil { warnings.append("This was begun before and never sent.") }
    var area = TextArea(kept ?? text)
    // Behind what is there already.
    let size = commentSize
    while area.text.contains("\n"), area.line < area.text.count(where: \.isNewline) {
      guard area.handle(.down, size: size) else { break }
    }
    _ = area.handle(.end, size: size)
    return open(
      .comment(
        CommentPanel(
          tickets: keys, isPublic: isPublic, readers: named, warnings: warnings, text: area, seen: known)))
  }

  /// The size that the text is drawn in.
  var commentSize: Size { Size(width: max(1, size.width - 4), height: max(1, layout.panel.height - 3)) }

  private func comments(on keys: [String]) -> [String: Int] {
    Dictionary(keys.compactMap { key in world.ticket(key).map { (key, $0.ticket.comments) } }) { $1 }
  }

  mutating func press(_ key: Key, in panel: CommentPanel, at now: Instant) -> [Effect] {
    var panel = panel
    switch key {
    case .enter: return submit(panel, at: now)
    case .ctrl("g") where !panel.isArmed:
      let number = acts.number()
      tickets.editors.insert(number)
      return [.edit(number, text: panel.text.text)]
    default: break
    }
    let before = panel.text.text
    let whole = Size(width: size.width, height: layout.panel.height)
    guard panel.handle(key, size: commentSize, panel: whole) else { return [] }
    if panel.error != nil {
      // Whoever writes on has what came in between on the screen.
      panel.error = nil
      panel.seen.merge(comments(on: panel.tickets)) { $1 }
    }
    shell.overlay = .comment(panel)
    return panel.text.text == before ? [] : keep(panel)
  }

  private mutating func keep(_ panel: CommentPanel) -> [Effect] {
    let text = panel.text.text.trimmed.isEmpty ? "" : panel.text.text
    tickets.unsent[panel.key] = text.isEmpty ? nil : text
    return [.keepUnsent(key: panel.key, text: text)]
  }

  private mutating func submit(_ panel: CommentPanel, at now: Instant) -> [Effect] {
    var panel = panel
    let text = panel.text.text.trimmed
    guard !text.isEmpty else {
      panel.error = "There is nothing to send yet."
      shell.overlay = .comment(panel)
      return []
    }
    if panel.isPublic, !panel.isArmed {
      let unfilled = Unfilled.names(in: text)
      guard unfilled.isEmpty else {
        panel.error = "Fill in \(unfilled.map { "{{\($0)}}" }.joined(separator: ", ")) first."
        shell.overlay = .comment(panel)
        return []
      }
    }
    // Several, and what customers read, are looked at once more; so is what is for other roles.
    let isObjected = panel.warnings.contains { $0.contains("recorded as such") }
    if !panel.isArmed, panel.isPublic || panel.tickets.count > 1 || isObjected {
      (panel.isArmed, panel.top) = (true, 0)
      panel.error = nil
      shell.overlay = .comment(panel)
      return []
    }
    if panel.error != nil { panel.seen.merge(comments(on: panel.tickets)) { $1 } }
    panel.error = nil
    shell.overlay = .comment(panel)
    return start(
      DeskWork(
        change: .comment(text, isPublic: panel.isPublic), tickets: panel.tickets, seen: panel.seen,
        isSure: panel.isArmed))
  }

  /// What the editor left; nil when it was another's editor.
  mutating func editedComment(_ number: Int, _ text: String?) -> [Effect]? {
    guard tickets.editors.remove(number) != nil else { return nil }
    guard case .comment(var panel) = shell.overlay, let text, text != panel.text.text else { return [] }
    panel.text = TextArea(text)
    shell.overlay = .comment(panel)
    return keep(panel)
  }
}
