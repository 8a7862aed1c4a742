import Incidents
import Retro
import Terminal
import Values

/// Screen 7: the incidents of the journal; beside them the timeline of the chosen one, all events, or its retro.
struct TimelineScreen: Sendable {
  /// What stands beside the incidents.
  enum View: CaseIterable, Sendable {
    case timeline, events, preview, actions

    var next: Self {
      switch self {
      case .timeline: .events
      case .events: .preview
      case .preview: .actions
      case .actions: .timeline
      }
    }
  }

  /// Where to go once the events there are read.
  enum Jump: Sendable { case first, last }

  /// One event, and where it lies.
  struct Spot: Sendable {
    let id: String
    let place: EventPlace

    init(_ line: TimelineLine) {
      id = line.id
      place = EventPlace(line.occurred, seq: line.seq)
    }
  }

  var isReading = false
  var view = View.timeline
  var incidents = ListState<String>()
  /// Of the chosen incident's timeline.
  var lines = ListState<String>()
  /// Of all events.
  var events = ListState<String>(followsEnd: true)
  var actions = ListState<String>()
  /// Of the incidents.
  var filter = ""
  /// Of timeline and events.
  var eventFilter = ""
  /// Of the retro and of action items: words.
  var wordFilter = ""
  var anchor = EventQuestion.Anchor.newest
  var window: EventWindow?
  var jump: Jump?
  /// The event that stays chosen over another filter and another window until somebody moves: events are read around
  /// it, and where it is not among them the nearest is chosen.
  private(set) var kept: Spot?
  /// The event that is chosen.
  private var here: Spot?
  /// Nobody has left the newest event: what comes is chosen.
  private var isAtNewest = true
  /// Lines of the preview that are scrolled away.
  var top = 0
  var period = RetroPeriod.month
  /// Exports that are being written, by number.
  var exporting: [Int: String] = [:]
  /// What was asked of the journal beside the events, by number.
  var asked: [Int: RetroErrand] = [:]
  var retro = RetroAnswers()
  /// Sections that somebody has in their editor, by number.
  var editors: [Int: RetroEditing] = [:]

  var pane: Pane {
    guard isReading else { return .retroIncidents }
    switch view {
    case .timeline, .events: return .retroTimeline
    case .preview: return .retroPreview
    case .actions: return .retroActions
    }
  }

  /// The filter of the pane that has the keyboard.
  var shownFilter: String {
    get { pane == .retroIncidents ? filter : pane == .retroTimeline ? eventFilter : wordFilter }
    set {
      if isReading, pane != .retroTimeline {
        wordFilter = newValue
      } else if isReading {
        guard eventFilter != newValue else { return }
        let spot = isAtNewest && !newValue.isEmpty ? nil : kept ?? here
        (eventFilter, jump) = (newValue, nil)
        if let spot {
          keep(spot)
        } else {
          (anchor, kept) = (.newest, nil)
          events = ListState(followsEnd: true)
        }
      } else {
        filter = newValue
      }
    }
  }

  /// Whatever is asked next, that event stays chosen, or the nearest to it.
  mutating func keep(_ spot: Spot) {
    kept = spot
    anchor = .around(spot.place)
    events.hold()
  }

  /// Esc: from the events to the incidents. False when there is nothing to leave.
  mutating func leave() -> Bool {
    guard isReading else { return false }
    isReading = false
    return true
  }

  /// What of the incidents' filter is looked for in them: `kind:` and the like are asked of events.
  var incidentWords: String { EventFilter.words(besidesKeys: filter) }

  func rows(_ world: World) -> [Incident] {
    let filter = RowFilter(incidentWords)
    return world.ledger.incidents
      .filter {
        filter.matches(
          "\($0.key) \($0.severity.rawValue) \($0.status.rawValue) \($0.title) \($0.systems.joined(separator: " "))"
        )
      }
      .sorted {
        ($1.declaredAt ?? .init(milliseconds: 0), $1.key) < ($0.declaredAt ?? .init(milliseconds: 0), $0.key)
      }
  }

  func actionRows(_ world: World) -> [ActionItem] {
    let filter = RowFilter(wordFilter)
    return world.ledger.actions.filter {
      filter.matches(
        "\($0.key) \($0.state.rawValue) \($0.title) \($0.owner ?? "nobody") \($0.incident ?? "")")
    }
  }

  func chosen(_ world: World) -> Incident? { rows(world).first { $0.key == incidents.selected } }

  func readFilter(_ world: World, at now: Instant) -> EventFilter {
    EventFilter.read(eventFilter, me: world.options.handle, at: now, offset: world.zone?.offset ?? 0).filter
  }

  /// Lines of the chosen incident; pinned ones survive every filter but the time.
  func timeline(_ world: World, at now: Instant) -> [TimelineLine] {
    let lines = world.timeline(of: incidents.selected) ?? []
    let filter = readFilter(world, at: now)
    guard !filter.isEmpty else { return lines }
    let found = Set(world.ledger.timeline.filter { filter.matches($0, at: now) }.map(\.id))
    return lines.filter { line in
      line.isPinned ? filter.isInTime(line.occurred, at: now) : !filter.isPinned && found.contains(line.id)
    }
  }

  /// What the right side lists.
  func listed(_ world: World, at now: Instant) -> [TimelineLine] {
    switch view {
    case .timeline: timeline(world, at: now)
    case .events: world.events?.lines ?? []
    case .preview, .actions: []
    }
  }

  func selectedLine(_ world: World, at now: Instant) -> TimelineLine? {
    let id = view == .events ? events.selected : lines.selected
    return listed(world, at: now).first { $0.id == id }
  }

  func event(_ line: TimelineLine, _ world: World) -> Event? {
    view == .events
      ? world.events?.events[line.id] : world.ledger.timeline.first { $0.id == line.id }
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    let parts = TimelineLayout(area, screen: self)
    incidents.update(rows(world).map(\.key), height: parts.list.height - 1)
    switch view {
    case .timeline: lines.update(timeline(world, at: now).map(\.id), height: parts.listHeight)
    case .events: settleEvents(world, height: parts.listHeight)
    case .preview: break
    case .actions: actions.update(actionRows(world).map(\.key), height: parts.listHeight)
    }
  }

  private mutating func settleEvents(_ world: World, height: Int) {
    guard let page = world.events else { return }
    let ids = page.lines.map(\.id)
    events.update(ids, height: height)
    if let kept { choose(kept, page, height: height) }
    here = page.lines.first { $0.id == events.selected }.map(Spot.init)
    isAtNewest = kept == nil && !page.hasNewer && (here == nil || events.selected == ids.last)
    guard page.question.anchor == anchor, page.isWhole else { return }
    if let jump {
      (jump == .first ? ids.first : ids.last).map { events.select($0, in: ids, height: height) }
      self.jump = nil
      return
    }
    follow(page)
  }

  /// Chooses the event, or what lies nearest to it once all around it is read.
  private mutating func choose(_ spot: Spot, _ page: EventPage, height: Int) {
    let ids = page.lines.map(\.id)
    var id: String? = ids.contains(spot.id) ? spot.id : nil
    if id == nil, page.question.anchor == anchor, page.isWhole {
      func distance(_ line: TimelineLine) -> Int64 {
        abs((line.occurred - spot.place.occurred).milliseconds)
      }
      id = page.lines.min { distance($0) < distance($1) }?.id
    }
    guard let id, id != events.selected else { return }
    events.select(id, in: ids, height: height)
    events.hold()
  }

  /// Wants the next events before the last of these are reached.
  private mutating func follow(_ page: EventPage) {
    guard let index = page.lines.firstIndex(where: { $0.id == events.selected }) else { return }
    let near = EventQuestion.side / 4
    let line = page.lines[index]
    if (index < near && page.hasOlder) || (index >= page.lines.count - near && page.hasNewer) {
      anchor = .around(EventPlace(line.occurred, seq: line.seq))
    }
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    let parts = TimelineLayout(area, screen: self)
    guard isReading else {
      return incidents.handle(key, rows: rows(world).map(\.key), height: parts.list.height - 1)
    }
    switch view {
    case .timeline:
      return lines.handle(key, rows: timeline(world, at: now).map(\.id), height: parts.listHeight)
    case .events:
      switch key {
      case .end, .character("G"): if world.events?.hasNewer ?? false { (anchor, jump) = (.newest, .last) }
      case .home, .character("g"): if world.events?.hasOlder ?? false { (anchor, jump) = (.oldest, .first) }
      default: break
      }
      let isMoved = events.handle(
        key, rows: world.events?.lines.map(\.id) ?? [], height: parts.listHeight)
      if isMoved { kept = nil }
      return isMoved
    case .preview: return scroll(key, area: parts.lines)
    case .actions:
      return actions.handle(key, rows: actionRows(world).map(\.key), height: parts.listHeight)
    }
  }

  private mutating func scroll(_ key: Key, area: Rect) -> Bool {
    let height = max(1, area.height - 1)
    let most = max(0, previewRows(width: area.width).count - height)
    let here = min(top, most)
    switch key {
    case .down, .character("j"): top = min(most, here + 1)
    case .up, .character("k"): top = max(0, here - 1)
    case .pageDown, .character(" "), .ctrl("d"): top = min(most, here + max(1, height - 1))
    case .pageUp, .ctrl("u"): top = max(0, here - max(1, height - 1))
    case .home, .character("g"): top = 0
    case .end, .character("G"): top = most
    default: return false
    }
    return true
  }

  /// The retro of the chosen incident, as it is drawn at a width.
  func previewRows(width: Int) -> [(String, Style)] {
    guard let preview = retro.preview, preview.incident == incidents.selected else { return [] }
    let filter = RowFilter(wordFilter)
    return preview.lines.filter { filter.matches($0) }.flatMap { line -> [(String, Style)] in
      let style: Style = line.hasPrefix("#") ? .strong : .text
      return line.wrapped(to: max(1, width - 2)).map { ($0, style) }
    }
  }
}

/// Where the parts of screen 7 stand.
struct TimelineLayout {
  let list: Rect
  let lines: Rect
  /// Below: how long each part of the chosen incident took.
  let times: Rect
  /// Lines of the strip over all events, with none while something else is shown.
  let stripHeight: Int

  init(_ area: Rect, screen: TimelineScreen) {
    let (rest, times) = area.splitBottom(TimelineTimes.height(in: area))
    self.times = times
    stripHeight = screen.view == .events && area.height >= 16 ? 1 : 0
    if area.width >= 100 {
      // Incidents stand beside what they are about; beside everything else they need less room.
      (list, lines) = rest.splitLeft(screen.view == .timeline ? area.width * 2 / 5 : max(30, area.width / 4))
    } else {
      let part = screen.view != .timeline && screen.isReading ? 25 : screen.isReading ? 30 : 50
      (list, lines) = rest.splitTop(rest.height * part / 100)
    }
  }

  /// Rows of the list at the right.
  var listHeight: Int { max(0, lines.height - 1 - stripHeight) }

  /// Columns of the strip, and of the words at its ends.
  static let stripLabel = 11
  var stripColumns: Int { max(10, lines.width - 2 * Self.stripLabel - 4) }
}
