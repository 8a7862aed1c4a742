import Incidents
import Retro
import Values

/// Reads what an ``EventQuestion`` asks for, a bit at a time, so that another question never waits: first the page,
/// then when how much happened.
package struct EventReading: Sendable {
  private enum Work: Sendable {
    case begin
    /// The page, from there on: what lies before its place, then what lies after it.
    case older(beyond: EventPlace?), newer(beyond: EventPlace?)
    case strip(until: Instant?)
    case done
  }

  package let question: EventQuestion
  private let now: Instant
  private var selection = EventSelection()
  private var work = Work.begin
  private var older: [Event] = []
  private var newer: [Event] = []
  private var pinned: [Event] = []
  private var page: EventPage
  /// Whether the strip is an earlier reading's.
  private let keepsStrip: Bool

  /// - Parameters:
  ///   - now: from which `since:-2h` is counted.
  ///   - strip: of an earlier reading of the same question; then only the page is read.
  package init(_ question: EventQuestion, at now: Instant, keeping strip: EventStrip? = nil) {
    self.question = question
    self.now = now
    page = EventPage(question)
    page.strip = strip
    keepsStrip = strip != nil
  }

  package var isDone: Bool { if case .done = work { true } else { false } }

  /// One look; returns the page as it is then, where there is something new in it.
  package mutating func step(_ source: some EventSource) throws -> EventPage? {
    switch work {
    case .begin:
      try begin(source)
      return nil
    case .older(let place):
      let slice = try slice(source, beyond: place, newer: false, have: older.count)
      older = slice.events + older
      if let looked = slice.looked {
        work = .older(beyond: looked)
        return try told(source, looked: looked.occurred)
      }
      page.hasOlder = older.count >= limit
      if case .around(let centre) = question.anchor {
        // The place itself belongs to the newer side.
        work = .newer(beyond: EventPlace(centre.occurred, seq: centre.seq.subtractingSaturating(1)))
        return nil
      }
      work = keepsStrip ? .done : .strip(until: nil)
      return try told(source, looked: nil)
    case .newer(let place):
      let slice = try slice(source, beyond: place, newer: true, have: newer.count)
      newer += slice.events
      if let looked = slice.looked {
        work = .newer(beyond: looked)
        return try told(source, looked: looked.occurred)
      }
      page.hasNewer = newer.count >= limit
      work = keepsStrip ? .done : .strip(until: nil)
      return try told(source, looked: nil)
    case .strip(let until):
      try tally(source, until: until)
      return page
    case .done: return nil
    }
  }

  /// A page has both sides of a place, or twice as many on one.
  private var limit: Int {
    if case .around = question.anchor { return EventQuestion.side }
    return EventQuestion.side * 2
  }

  private mutating func begin(_ source: some EventSource) throws {
    selection = question.filter.selection(kinds: try source.kinds(), at: now)
    if let window = question.window {
      selection.from = max(selection.from ?? window.from, window.from)
      selection.until = min(selection.until ?? window.until, window.until)
    }
    let extent = try source.extent()
    page.total = extent?.count ?? 0
    if question.filter.isPinned || !question.filter.terms.isEmpty {
      pinned = try source.pinned().filter { isInTime($0.occurred) }
    }
    if let extent, !keepsStrip {
      let from = selection.from ?? extent.first
      let until = selection.until ?? max(extent.last, from) + .milliseconds(1)
      let spans = EventSpans(from: from, until: until, count: question.columns)
      page.strip = EventStrip(spans: spans, counts: Array(repeating: 0, count: spans.count), looked: until)
    }
    guard !question.filter.isPinned else {
      page.total = extent?.count ?? 0
      older = pinned
      work = .strip(until: nil)
      return
    }
    switch question.anchor {
    case .newest: work = .older(beyond: nil)
    case .oldest: work = .newer(beyond: nil)
    case .around(let place): work = .older(beyond: place)
    }
  }

  private func slice(
    _ source: some EventSource, beyond place: EventPlace?, newer: Bool, have: Int
  ) throws -> EventSlice {
    guard have < limit else { return EventSlice() }
    return try source.slice(selection, beyond: place, newer: newer, limit: limit - have)
  }

  private func isInTime(_ instant: Instant) -> Bool {
    (selection.from.map { instant >= $0 } ?? true) && (selection.until.map { instant < $0 } ?? true)
  }

  /// The page with what is pinned between its ends.
  private mutating func told(_ source: some EventSource, looked: Instant?) throws -> EventPage {
    var events = older + newer
    let ids = Set(events.map(\.id))
    let (first, last) = (events.first?.place, events.last?.place)
    events += pinned.filter { pin in
      !ids.contains(pin.id) && (!page.hasOlder || first.map { pin.place > $0 } ?? true)
        && (!page.hasNewer || last.map { pin.place < $0 } ?? true)
    }
    events.sort { ($0.place, $0.origin) < ($1.place, $1.origin) }
    page.lines = Timeline.lines(of: events, marks: try source.marks(of: events.map(\.id)))
    page.events = Dictionary(events.map { ($0.id, $0) }) { first, _ in first }
    page.looked = looked
    return page
  }

  private mutating func tally(_ source: some EventSource, until: Instant?) throws {
    guard var strip = page.strip else {
      work = .done
      return
    }
    if question.filter.isPinned {
      _ = try told(source, looked: nil)
      for event in older {
        if let place = strip.spans.place(of: event.occurred) { strip.counts[place] += 1 }
      }
      (strip.looked, work) = (nil, .done)
    } else {
      let tally = try source.tally(selection, in: strip.spans, until: until)
      for (index, count) in tally.counts.enumerated() where strip.counts.indices.contains(index) {
        strip.counts[index] += count
      }
      strip.looked = tally.looked
      work = tally.looked.map { .strip(until: $0) } ?? .done
    }
    page.strip = strip
  }
}
