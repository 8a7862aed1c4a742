import Incidents
import Retro
import Values

/// What a journal answers to an ``EventQuestion``, as far as it has been read.
package struct EventPage: Sendable {
  package let question: EventQuestion
  /// Oldest first.
  package internal(set) var lines: [TimelineLine] = []
  /// By id, for what a line is about.
  package internal(set) var events: [String: Event] = [:]
  /// More lie before or after the page.
  package internal(set) var hasOlder = false
  package internal(set) var hasNewer = false
  /// All events of the journal.
  package internal(set) var total: Int64 = 0
  /// Still being looked for: so far back, or so far on.
  package internal(set) var looked: Instant?
  package internal(set) var strip: EventStrip?

  package init(_ question: EventQuestion) {
    self.question = question
  }

  var isWhole: Bool { looked == nil }
}

/// How many events there are in each part of a time.
package struct EventStrip: Equatable, Sendable {
  package let spans: EventSpans
  package internal(set) var counts: [Int]
  /// Everything from there on is counted; nil when all is.
  package internal(set) var looked: Instant?

  package var found: Int { counts.reduce(0, +) }
}
