import Terminal
import Values
import Watch

/// The first line: what is wrong in the world, and what time it is.
struct Header {
  let world: World
  let now: Instant

  func draw(in frame: inout Frame, _ line: Rect) {
    let needed = counts.filter { $0.drop <= 2 && !$0.spans.isEmpty }
      .reduce(0) { $0 + $1.spans.displayWidth + 2 }
    let right = Segment.fit(clock(line.width), width: max(9, line.width - needed - 2))
    let rightWidth = right.reduce(max(0, right.count - 1) * 2) { $0 + $1.spans.displayWidth }
    let left = Segment.fit([name] + counts, width: line.width - rightWidth - 4)
    frame.put(left, x: line.x + 1, in: line)
    frame.put(right, x: line.right - rightWidth - 1, in: line)
  }

  private var name: Segment {
    let count = world.systemNames.count
    let systems = count == 1 ? world.systemNames.first ?? "" : "\(count) systems"
    let named: Spans = count == 0 ? [] : [("  " + systems.truncatedMiddle(to: 18), .dim)]
    return Segment([("midwatch", .strong)] + named, drop: 9)
  }

  private var counts: [Segment] {
    [engine] + alerts + deliveries + tickets + endpoints + chain + [pagers]
  }

  /// What did not go out and waits for a person, on every screen.
  private var deliveries: [Segment] {
    let count = world.stuckDeliveries.count
    return count == 0 ? [] : [Segment([("\(Sign.sent.glyph) \(count) not sent", .down)], drop: 1)]
  }

  /// Tickets whose clock has run out, or soon will.
  private var tickets: [Segment] {
    let (late, soon) = world.ticketAlarms(at: now)
    guard !late.isEmpty || !soon.isEmpty else { return [] }
    var spans: Spans = []
    if !late.isEmpty {
      let count = late.count + (world.desk?.longLate ?? 0)
      spans.append(("\(Sign.page.glyph) \(count) \(count == 1 ? "ticket" : "tickets") late", .overdue))
    }
    if !soon.isEmpty {
      let word = late.isEmpty ? (soon.count == 1 ? " ticket" : " tickets") : ""
      spans.append(((late.isEmpty ? "" : "  ") + "\(Sign.warn.glyph) \(soon.count)\(word) due soon", .due))
    }
    return [Segment(spans, drop: late.isEmpty ? 3 : 2)]
  }

  /// Who is told of alerts without a hand.
  private var pagers: Segment {
    let names = Set(world.guides.flatMap { world.pagers(of: $0.system) }).sorted()
    return Segment(names.isEmpty ? [] : [("pages go to \(names.joined(separator: ", "))", .dim)], drop: 8)
  }

  private var alerts: [Segment] {
    let items = world.alertItems(at: now)
    let rows = items.filter { !$0.isHidden }
    var segments: [Segment] = []
    for (level, drop) in [(Level.page, 0), (.warn, 1), (.info, 6)] {
      let count = rows.count { $0.state == .firing && $0.level == level }
      guard count > 0 else { continue }
      let text = "\(Marks.sign(level).glyph) \(count) \(Marks.word(level))"
      segments.append(Segment([(text, Marks.style(level))], drop: drop))
    }
    let pending = rows.count { $0.state == .pending }
    if pending > 0 {
      segments.append(Segment([("\(Sign.pending.glyph) \(pending) pending", .pending)], drop: 4))
    }
    let muted = items.count { $0.state == .firing && $0.isHidden }
    if muted > 0 {
      segments.append(Segment([("\(Sign.maintenance.glyph) \(muted) muted", .maintenance)], drop: 3))
    }
    // Silence means something only where somebody looks, and where what was found can be written and read.
    if segments.isEmpty, world.systems.contains(where: { $0.lastEvaluation != nil }) {
      segments = [
        isTold ? Segment([("no alert", .up)]) : Segment([("alerts unknown", .unknown)], drop: 0)
      ]
    }
    return segments
  }

  /// Whether an alert that fires now would be seen here.
  private var isTold: Bool {
    guard world.unread == nil, !world.systems.contains(where: { $0.suspension != nil }) else { return false }
    guard let engine = world.engine else { return true }
    switch engine.role {
    case .engine: return engine.trouble == nil
    case .viewer: return engine.heard.map { now - $0 <= Self.patience } ?? false
    case .none: return false
    }
  }

  /// How long an engine may say nothing.
  private static let patience = Span.seconds(5)

  /// Where the journal stands; the incident bar has it while one is open.
  private var chain: [Segment] {
    guard world.leadIncident == nil, let head = world.ledger.head else { return [] }
    return [Segment([("\(Sign.chain.glyph) \(head.count) \(head.hash.prefix(8))", .dim)], drop: 7)]
  }

  private var endpoints: [Segment] {
    // What was known before our own connection went is not known now.
    let rows = world.systems.filter { $0.suspension == nil }.flatMap(\.endpoints)
    let suspended = world.systems.filter { $0.suspension != nil }.flatMap(\.endpoints).count {
      $0.state != .paused && $0.state != .maintenance
    }
    func part(_ count: Int, _ word: String, _ style: Style, drop: Int) -> Segment {
      Segment(count == 0 ? [] : [("\(count) \(word)", style)], drop: drop)
    }
    func count(_ states: EndpointRow.State...) -> Int { rows.count { states.contains($0.state) } }
    return [
      part(count(.down), "down", .down, drop: 1),
      part(suspended + count(.stale, .unknown, .blocked), "unknown", .unknown, drop: suspended > 0 ? 0 : 2),
      part(count(.pending), "retry", .pending, drop: 5),
      part(count(.up), "up", .up, drop: 3),
      part(count(.maintenance), "maint", .maintenance, drop: 4),
      part(count(.paused), "paused", .dim, drop: 6),
    ]
  }

  /// Whether what is shown is alive: nothing while it is.
  private var engine: Segment {
    guard let engine = world.engine else { return Segment([]) }
    switch engine.role {
    case .engine: return Segment([])
    case .none: return Segment([("nobody polls", .warn)])
    case .viewer:
      guard let heard = engine.heard, now - heard > Self.patience else {
        return Segment([("viewer", .dim)], drop: 8)
      }
      return Segment([("engine silent \((now - heard).short)", .warn)])
    }
  }

  private func clock(_ width: Int) -> [Segment] {
    var segments: [Segment] = []
    if let incident = world.leadIncident, let due = world.updateCountdown(of: incident) {
      segments.append(
        Segment(
          [(width < 100 ? "» " : "» update ", .dim), ((due.due - now).clipped, due.style(at: now))], drop: 2))
    }
    segments.append(Segment([(now.clockUTC, .text)]))
    if let zone = world.zone, zone.offset != 0 || zone.abbreviation != "UTC" {
      let local = CivilTime(now, offset: zone.offset)
      segments.append(
        Segment([("\(local.hour.padded(2)):\(local.minute.padded(2)) \(zone.abbreviation)", .dim)], drop: 3))
    }
    let who = world.options.readOnly ? "read-only" : world.options.handle
    segments.append(Segment([(who.truncatedMiddle(to: 16), .dim)], drop: 4))
    return segments
  }
}

extension Span {
  /// `2m10s` while time is left, `late 12s` afterwards; whole seconds.
  var clipped: String {
    let whole = Span.seconds(Int64(abs(seconds).rounded(.down)))
    return milliseconds > 0 ? whole.short : "late \(whole.short)"
  }
}
