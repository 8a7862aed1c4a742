import Terminal
import Values

extension Console {
  /// The part of the screen that has the keyboard.
  var pane: Pane {
    switch screen {
    case .dashboard: dashboard.pane
    case .alerts: alerts.pane
    case .incident: incident.pane
    case .playbook: playbook.pane
    case .comms: comms.pane
    case .tickets: tickets.pane
    case .timeline: timeline.pane
    }
  }

  /// Shows a screen, and remembers where one came from.
  mutating func go(to screen: Screen) -> [Effect] {
    guard screen != self.screen else { return [] }
    shell.back.append(self.screen)
    if shell.back.count > Shell.depth { shell.back.removeFirst() }
    shell.forward = []
    self.screen = screen
    return []
  }

  mutating func goBack() -> [Effect] {
    if screen == .alerts, alerts.detail != nil, shell.back.last != .alerts {
      if shell.back.isEmpty { return leave() }
    }
    guard let last = shell.back.popLast() else { return [] }
    shell.forward.append(screen)
    screen = last
    return []
  }

  mutating func goForward() -> [Effect] {
    guard let next = shell.forward.popLast() else { return [] }
    shell.back.append(screen)
    screen = next
    return []
  }

  mutating func nextPane(by step: Int) -> [Effect] {
    switch screen {
    case .dashboard: dashboard.nextPane(by: step, world, at: lately)
    case .alerts: alerts.nextPane(world)
    case .incident: incident.nextPane()
    case .playbook: nextPlaybookPane(by: step)
    case .comms: comms.nextPane()
    case .tickets: tickets.nextPane()
    case .timeline: timeline.isReading.toggle()
    }
    return []
  }

  /// Esc: out of a detail, else the filter goes, else back to where one came from.
  mutating func leave() -> [Effect] {
    if screen == .alerts, alerts.detail != nil {
      alerts.detail = nil
      // A detail that was opened from another screen leads back there.
      if alerts.cameFrom != nil {
        alerts.cameFrom = nil
        return goBack()
      }
      return []
    }
    if screen == .incident, incident.leave() { return [] }
    if screen == .tickets, tickets.leave() { return [] }
    if !filterText.isEmpty {
      filterText = ""
      return []
    }
    if screen == .timeline, timeline.leave() { return [] }
    if screen == .playbook, playbook.leave() { return [] }
    if screen == .comms, comms.leave() { return [] }
    return goBack()
  }

  /// Asks only while something unsent is in hand; what is only being saved is waited for.
  mutating func quit(at now: Instant) -> [Effect] {
    if case .confirm(let open) = shell.overlay, open.purpose == .quit || open.purpose == .leave {
      return [.quit]
    }
    var lines = commandsInHand
    if comms.unsaved {
      lines.append("A draft in hand is not sent. Its text is kept, and is here again when you come back.")
    }
    if !lines.isEmpty {
      shell.overlay = .confirm(Confirmation(.quit, lines: lines, verb: "quit"))
      return []
    }
    guard isSaving else { return [.quit] }
    shell.overlay = .confirm(
      Confirmation(
        .leave, lines: ["Something is still being saved; midwatch leaves as soon as it is."],
        verb: "leave now"))
    return []
  }

  /// Leaves once what was being saved when it was asked to is saved.
  mutating func leave(at now: Instant) -> [Effect] {
    guard case .confirm(let open) = shell.overlay, open.purpose == .leave, !isSaving else { return [] }
    shell.overlay = nil
    return quit(at: now)
  }

  private var isSaving: Bool {
    !acts.waiting.isEmpty || playbook.underWay.values.contains(where: \.isUnsaved)
  }

  var filterText: String {
    get {
      switch screen {
      case .dashboard: dashboard.filter
      case .alerts: alerts.filter
      case .incident: incident.filter
      case .playbook: playbook.words
      case .comms: comms.filter
      case .tickets: tickets.filter
      case .timeline: timeline.shownFilter
      }
    }
    set {
      switch screen {
      case .dashboard: dashboard.filter = newValue
      case .alerts: alerts.filter = newValue
      case .incident: incident.filter = newValue
      case .playbook: playbook.words = newValue
      case .comms: comms.filter = newValue
      case .tickets: (tickets.filter, tickets.offset, tickets.jump) = (newValue, 0, nil)
      case .timeline: timeline.shownFilter = newValue
      }
    }
  }
}
