import Incidents
import Retro
import Terminal
import Values

/// Looking at the journal's events: which ones, how closely, and what they are about.
extension Console {
  /// Asks the journal again when something else is looked at.
  mutating func eventsIfMoved(at now: Instant) -> [Effect] {
    var wanted: EventQuestion?
    if screen == .timeline, timeline.view == .events {
      let layout = TimelineLayout(layout.stage, screen: timeline)
      wanted = EventQuestion(
        timeline.readFilter(world, at: now), anchor: timeline.anchor, window: timeline.window,
        columns: layout.stripColumns)
    }
    guard shell.events != wanted else { return [] }
    shell.events = wanted
    return [.events(wanted)]
  }

  mutating func nextRetroView() -> [Effect] {
    timeline.view = timeline.view.next
    timeline.isReading = true
    return []
  }

  mutating func showAllEvents() -> [Effect] {
    (timeline.view, timeline.isReading) = (.events, true)
    return []
  }

  // MARK: - Zoom

  var whyNoCloser: String? {
    guard timeline.window?.length != .minutes else { return "10 minutes is as close as it gets." }
    return timeline.selectedLine(world, at: lately) == nil ? "No event is selected." : nil
  }

  /// The next closer time around the chosen event.
  mutating func zoomIn(at now: Instant) -> [Effect] {
    guard let line = timeline.selectedLine(world, at: now) else { return [] }
    let closer = timeline.window?.length.closer ?? (timeline.window == nil ? .month : nil)
    guard let closer else { return [] }
    zoom(to: closer, around: line)
    return []
  }

  mutating func zoomOut(at now: Instant) -> [Effect] {
    guard let length = timeline.window?.length else { return [] }
    let line = timeline.selectedLine(world, at: now)
    if let wider = length.wider, let centre = line?.occurred ?? timeline.window?.centre {
      timeline.window = EventWindow(wider, around: centre)
    } else {
      timeline.window = nil
    }
    if let line { timeline.keep(.init(line)) }
    return []
  }

  private mutating func zoom(to length: EventWindow.Length, around line: TimelineLine) {
    timeline.window = EventWindow(length, around: line.occurred)
    timeline.keep(.init(line))
  }

  // MARK: - One event

  var whyNoEvent: String? {
    if timeline.view == .preview { return "A retro has no events; v shows them." }
    return timeline.selectedLine(world, at: lately) == nil ? "No event is selected." : nil
  }

  mutating func showRetroEvent(at now: Instant) -> [Effect] {
    guard let line = timeline.selectedLine(world, at: now) else { return [] }
    var page = line.page
    if let event = timeline.event(line, world) {
      page.append(("kind \(event.kind), by \(event.actor), in the journal \(event.origin)", .dim))
    }
    return open(.page(TextPage(title: line.word, lines: page)))
  }

  mutating func pinRetroEvent(at now: Instant) -> [Effect] {
    guard let line = timeline.selectedLine(world, at: now) else { return [] }
    if timeline.view == .events { timeline.events.hold() } else { timeline.lines.hold() }
    return perform(
      PinEvent(line.id, incident: line.incident, pinned: !line.isPinned), on: line.id,
      done: line.isPinned ? "the pin is off" : "pinned")
  }

  /// Goes to what the event is about; where that cannot be shown, shows the event whole.
  mutating func jump(at now: Instant) -> [Effect] {
    guard let line = timeline.selectedLine(world, at: now), let event = timeline.event(line, world) else {
      return []
    }
    return jump(to: EventTopic(event), at: now) ?? showRetroEvent(at: now)
  }

  private mutating func jump(to topic: EventTopic, at now: Instant) -> [Effect]? {
    switch topic {
    case .alert(let key):
      guard let item = world.item(key, at: now) else { return nil }
      (alerts.detail, alerts.top, alerts.cameFrom) = (item.id, 0, .timeline)
      return go(to: .alerts)
    case .endpoint(let system, let name):
      guard let row = world.endpoint(system, name) else { return nil }
      let page = TextPage(title: "\(system) \(name)", lines: EndpointPage(row: row).lines(at: now))
      return open(.page(page))
    case .run(let key):
      guard let run = world.ledger.runs.first(where: { $0.key == key }), let started = run.started else {
        return nil
      }
      playbook.show(
        .init(
          system: started.system ?? "", playbook: started.playbook, anchor: started.section, run: key,
          incident: run.incident))
      return go(to: .playbook)
    case .draft(let key):
      guard world.ledger.drafts.contains(where: { $0.key == key }) else { return nil }
      comms.filter = ""
      comms.list.select(key, in: comms.rows(world).map(\.id), height: max(1, layout.stage.height - 1))
      return go(to: .comms)
    case .ticket(let key): return openTicket(key)
    case .incident(let key):
      focus(on: key)
      return go(to: .incident)
    case .nothing: return nil
    }
  }
}
