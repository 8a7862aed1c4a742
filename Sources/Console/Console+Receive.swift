import Incidents
import Terminal
import Values
import Watch

extension Console {
  mutating func take(_ input: Input, at now: Instant) -> [Effect] {
    greet(at: now)
    switch input {
    case .key(.resize(let size)), .resized(let size):
      self.size = size
      return []
    case .key(let key): return press(key, at: now)
    case .snapshot(let snapshot):
      world.snapshots[snapshot.system] = snapshot
      return ring(at: now)
    case .ledger(let ledger):
      world.take(ledger)
      return ring(at: now)
    case .desk(let page):
      world.take(page)
      return []
    case .events(let page):
      world.events = page
      return []
    case .retro(let number, let result):
      answered(number, result, at: now)
      return []
    case .unread(let sentence):
      world.unread = sentence
      return []
    case .engine(let status):
      world.engine = status
      return []
    case .acted(let number, let result): return acted(number, result, at: now)
    case .answered(let number, let result):
      alerts.answered(number, result)
      return []
    case .traced(let answer):
      traced(answer, at: now)
      return []
    case .edited(let number, let text):
      return editedComment(number, text) ?? editedRetro(number, text, at: now)
        ?? edited(number, text, at: now)
    case .folders(let folders):
      world.guides = folders.map(Guide.init)
      world.deskGuides = folders.map(DeskGuide.init)
      return []
    case .exported(let number, let result):
      exported(number, result, at: now)
      return []
    case .unsent(let key, let text):
      if key.hasPrefix(CommentPanel.prefix) {
        tickets.unsent[key] = text.isEmpty ? nil : text
      } else {
        comms.unsent[key] = text.isEmpty ? nil : text
      }
      return []
    case .zone(let offset, let abbreviation):
      world.zone = World.Zone(offset: offset, abbreviation: abbreviation)
      return []
    case .notice(let sentence):
      shell.say(sentence, at: now, lasting: .seconds(15))
      return []
    case .command(let news): return take(news, at: now)
    case .orphans(let orphans):
      playbook.orphans = orphans
      return []
    case .output(let sha256, let result):
      playbook.outputs.take(sha256, result)
      return []
    case .tick: return []
    }
  }

  /// Says what there is to say on entering, once the time is known.
  private mutating func greet(at now: Instant) {
    guard !shell.hasGreeted else { return }
    shell.hasGreeted = true
    for notice in world.options.notices { shell.say(notice, at: now, lasting: .seconds(15)) }
  }

  /// Once for each page that nobody has in hand, or for whatever else its system wants the bell for.
  private mutating func ring(at now: Instant) -> [Effect] {
    let pages = world.alertItems(at: now).filter {
      guard $0.state == .firing, !$0.isHidden, let bell = world.bell(of: $0.identity.system) else {
        return false
      }
      return $0.level >= bell
    }
    // One that somebody had in hand and has no more is news.
    let free = Set(
      pages.filter { $0.acknowledgement == nil }.map { $0.episode + ($0.record?.lapse?.at.rfc3339 ?? "") })
    let isNew = !free.isSubset(of: shell.rung)
    shell.rung = shell.rung.union(free).intersection(
      pages.map { $0.episode + ($0.record?.lapse?.at.rfc3339 ?? "") })
    return isNew ? [.bell] : []
  }

  private mutating func press(_ key: Key, at now: Instant) -> [Effect] {
    shell.isTouched = true
    switch key {
    case .ctrl("c"): return quit(at: now)
    case .ctrl("z"): return [.suspend]
    case .ctrl("l"): return [.redraw]
    default: break
    }
    guard Layout.fits(size) else { return key == .character("q") ? quit(at: now) : [] }
    if shell.overlay != nil { return pressInOverlay(key, at: now) }
    if screen == .comms, comms.isWriting { return pressWhileWriting(key, at: now) }
    if screen == .playbook, playbook.preview != nil { return pressInPreview(key, at: now) }
    if let action = ActionTable.action(for: key, in: self) { return run(action, at: now) }
    if !navigate(key, at: now), ActionTable.isWithheld(key, in: self) {
      shell.say("This console only reads: it changes nothing.", at: now, tone: .failed)
    }
    return []
  }

  /// Does an action, or says why it cannot be done.
  mutating func run(_ action: Action, at now: Instant) -> [Effect] {
    if let reason = action.unavailable(self) {
      shell.say(reason, at: now, tone: .failed)
      return []
    }
    return action.run(&self, now)
  }

  private mutating func navigate(_ key: Key, at now: Instant) -> Bool {
    let area = layout.stage
    switch screen {
    case .dashboard: return dashboard.handle(key, world, area: area, at: now)
    case .alerts: return alerts.handle(key, world, area: area, at: now)
    case .incident: return incident.handle(key, world, area: area, at: now)
    case .playbook: return playbook.handle(key, world, area: area, at: now)
    case .comms: return comms.handle(key, world, area: area, at: now)
    case .tickets: return tickets.handle(key, world, area: area, at: now)
    case .timeline: return timeline.handle(key, world, area: area, at: now)
    }
  }

  /// After every input: selections follow their rows, wherever those have gone.
  mutating func settle(at now: Instant) {
    settlePreview(at: now)
    let area = layout.stage
    // Before anybody has pressed a key the worst stands selected, whatever came first.
    if !shell.isTouched { dashboard.alerts = ListState() }
    if !shell.isTouched || !dashboard.hasSeenEndpoints { dashboard.endpoints = ListState() }
    if dashboard.pane == .boardEndpoints { dashboard.hasSeenEndpoints = true }
    dashboard.settle(world, area: area, at: now)
    alerts.settle(world, area: area, at: now)
    incident.settle(world, area: area, at: now)
    playbook.settle(world, area: area, at: now)
    comms.settle(world, area: area, at: now)
    tickets.settle(world, area: area, at: now)
    timeline.settle(world, area: area, at: now)
    settlePalette()
    settleSend()
  }

  private mutating func settlePalette() {
    let height = layout.panel.height - 2
    switch shell.overlay {
    case .help(var palette):
      palette.list.update(palette.rows(isHelp: true, in: self).map(\.action.id), height: height)
      shell.overlay = .help(palette)
    case .palette(var palette):
      palette.list.update(palette.rows(isHelp: false, in: self).map(\.action.id), height: height)
      shell.overlay = .palette(palette)
    default: break
    }
  }

  /// Asks for another timeline when another incident is looked at.
  mutating func focusIfMoved() -> [Effect] {
    let wanted = wantedTimeline
    guard shell.focus != .some(wanted) else { return [] }
    shell.focus = .some(wanted)
    return [.focus(incident: wanted)]
  }

  private var wantedTimeline: String? {
    switch screen {
    case .incident: incident.key ?? incident.shown(world)?.key
    case .timeline: timeline.incidents.selected
    default: world.leadIncident?.key
    }
  }
}
