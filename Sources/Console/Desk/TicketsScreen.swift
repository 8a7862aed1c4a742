import Desk
import Incidents
import Terminal
import Values

/// Screen 6: what customers ask, what breaches first at the top, and one ticket with all that was written on it.
struct TicketsScreen: Sendable {
  /// Where to go once the rows there are read.
  enum Jump: Sendable { case first, last }

  var list = ListState<String>()
  var filter = ""
  /// The first row that is wanted.
  var offset = 0
  var jump: Jump?
  /// The conversation has the keyboard.
  var isReading = false
  /// The ticket stands on the whole stage.
  var isWhole = false
  /// A ticket that is looked at whether the queue lists it or not.
  var chosen: String?
  /// Lines of the conversation that are scrolled away, of which ticket; nil shows the last that was written.
  var scrolled: (key: String, top: Int)?
  /// Texts that were begun and not sent, by ``CommentPanel/key``.
  var unsent: [String: String] = [:]
  /// Numbers of editors that are open.
  var editors: Set<Int> = []
  /// The conversation that is looked at, as it was last wrapped.
  var wrapped: WrappedConversation?
  /// Acts on several tickets that are not all answered yet.
  var batch: DeskBatch?

  var pane: Pane { isWhole || isReading ? .ticketText : .ticketQueue }

  /// The ticket that keys act on.
  var key: String? { chosen ?? list.selected }

  mutating func nextPane() {
    if isWhole { return leaveWhole() }
    isReading.toggle()
  }

  private mutating func leaveWhole() {
    (isWhole, isReading, chosen) = (false, false, nil)
  }

  /// Esc: from the ticket to the queue. False when there is nothing to leave.
  mutating func leave() -> Bool {
    guard isWhole || isReading else { return false }
    leaveWhole()
    return true
  }

  /// Keys of the rows that are here, in their order.
  func rows(_ world: World) -> [String] { world.desk?.items.map(\.key) ?? [] }

  func item(_ world: World) -> TicketItem? { key.flatMap { world.ticket($0) } }

  /// What acts are on: the marked ones, else the one that is looked at.
  func targets(_ world: World) -> [String] {
    guard !isWhole, !list.marked.isEmpty else { return key.map { [$0] } ?? [] }
    return rows(world).filter(list.marked.contains) + marksElsewhere(world)
  }

  /// The one ticket that acts are on; nil when they are on several.
  func target(_ world: World) -> TicketItem? {
    let keys = targets(world)
    return keys.count == 1 ? world.ticket(keys[0]) : nil
  }

  /// Marked tickets that are on no row that was read, in the order of their numbers.
  func marksElsewhere(_ world: World) -> [String] {
    let here = Set(rows(world))
    return list.marked.subtracting(here).sorted { ($0.count, $0) < ($1.count, $1) }
  }

  mutating func settle(_ world: World, area: Rect, at now: Instant) {
    let parts = TicketLayout(area, screen: self, rows: rows(world).count)
    if parts.text.height > 0, let item = item(world) {
      let text = TicketPage(item: item, screen: self, world: world, now: now).text
      let key = text.key(width: parts.text.width - 2)
      if wrapped?.key != key { wrapped = text.wrapped(width: parts.text.width - 2) }
    }
    let height = parts.list.height - 1
    list.update(rows(world), height: height, keepsMarks: true)
    guard let page = world.desk, let queue = page.question.queue else { return }
    if let jump, queue.offset == offset {
      let keys = rows(world)
      (jump == .first ? keys.first : keys.last).map { list.select($0, in: keys, height: height) }
      self.jump = nil
    }
    follow(page, asked: queue.offset)
  }

  /// Wants the next rows before the last of these are reached.
  private mutating func follow(_ page: DeskPage, asked: Int) {
    guard asked == offset, jump == nil,
      let index = page.items.firstIndex(where: { $0.key == list.selected })
    else { return }
    let near = DeskQuestion.page / 6
    let isAtEnd = offset + page.items.count >= page.count
    if (index < near && offset > 0) || (index >= page.items.count - near && !isAtEnd) {
      offset = max(0, min(offset + index - DeskQuestion.page / 2, page.count - DeskQuestion.page))
    }
  }

  mutating func handle(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    let rows = rows(world)
    let parts = TicketLayout(area, screen: self, rows: rows.count)
    if pane == .ticketText { return scroll(key, world, area: parts.text, at: now) }
    let count = world.desk?.count ?? 0
    switch key {
    case .end, .character("G"):
      if offset + rows.count < count { (offset, jump) = (max(0, count - DeskQuestion.page), .last) }
    case .home, .character("g"):
      if offset > 0 { (offset, jump) = (0, .first) }
    default: break
    }
    return list.handle(key, rows: rows, height: parts.list.height - 1)
  }

  private mutating func scroll(_ key: Key, _ world: World, area: Rect, at now: Instant) -> Bool {
    guard let item = item(world) else { return false }
    let page = TicketPage(item: item, screen: self, world: world, now: now)
    let height = max(1, page.room(in: area))
    let most = max(0, page.rows(width: area.width).count - height)
    let here = page.top(in: area)
    let top: Int
    switch key {
    case .down, .character("j"): top = min(most, here + 1)
    case .up, .character("k"): top = max(0, here - 1)
    case .pageDown, .ctrl("d"): top = min(most, here + max(1, height - 1))
    case .pageUp, .ctrl("u"): top = max(0, here - max(1, height - 1))
    case .home, .character("g"): top = 0
    case .end, .character("G"): top = most
    default: return false
    }
    scrolled = (item.key, top)
    return true
  }

  /// The ticket before or after, in the queue's order, without going back to it.
  mutating func step(by count: Int, _ world: World, area: Rect) {
    let keys = rows(world)
    let here = chosen.flatMap { keys.firstIndex(of: $0) } ?? keys.firstIndex { $0 == list.selected }
    guard !keys.isEmpty else { return }
    let index = min(max(0, (here ?? 0) + count), keys.count - 1)
    let parts = TicketLayout(area, screen: self, rows: keys.count)
    list.select(keys[index], in: keys, height: max(1, parts.list.height - 1))
    if isWhole { chosen = keys[index] }
    scrolled = nil
  }
}

/// Where the parts of the tickets' screen stand.
struct TicketLayout {
  /// Empty while one ticket has the whole stage.
  let list: Rect
  let text: Rect

  init(_ area: Rect, screen: TicketsScreen, rows: Int) {
    if screen.isWhole {
      (list, text) = area.splitTop(0)
      return
    }
    let most = max(3, area.height * (screen.isReading ? 1 : 2) / (screen.isReading ? 4 : 5))
    (list, text) = rows == 0 ? (area, area.splitBottom(0).1) : area.splitTop(min(most, rows + 1))
  }
}
