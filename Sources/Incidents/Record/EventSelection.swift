import Values

/// Which events a page of a journal shows; every term must hold, and the time.
package struct EventSelection: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    package let test: Test
    package let isNegated: Bool

    package init(_ test: Test, isNegated: Bool = false) {
      self.test = test
      self.isNegated = isNegated
    }
  }

  /// Any of the values.
  package enum Test: Hashable, Sendable {
    /// Whole kinds.
    case kinds([String])
    /// Handles.
    case actors([String])
    /// As bodies name them.
    case systems([String])
    case incidents([String])
    case tickets([String])
    /// Words as ``IndexCondition/text(_:)`` reads them, all of them.
    case text(String)
  }

  package var terms: [Term] = []
  /// Happened at or after.
  package var from: Instant?
  /// Happened before.
  package var until: Instant?

  package init(_ terms: [Term] = [], from: Instant? = nil, until: Instant? = nil) {
    self.terms = terms
    self.from = from
    self.until = until
  }
}

/// Events that a selection finds on one side of a place, the nearest.
package struct EventSlice: Equatable, Sendable {
  /// Oldest first.
  package var events: [Event]
  /// How far was looked without finding enough; nil when enough was found, or nothing more is there.
  package var looked: EventPlace?

  package init(_ events: [Event] = [], looked: EventPlace? = nil) {
    self.events = events
    self.looked = looked
  }
}

/// How many events a selection finds in each of many equal spans of time.
package struct EventTally: Equatable, Sendable {
  package var counts: [Int]
  /// Everything from there on is counted; nil when all is.
  package var looked: Instant?

  package init(_ counts: [Int], looked: Instant? = nil) {
    self.counts = counts
    self.looked = looked
  }
}

/// What there is in a journal: how many events, and when they happened.
package struct EventExtent: Equatable, Sendable {
  package let count: Int64
  package let first: Instant
  package let last: Instant

  package init(count: Int64, first: Instant, last: Instant) {
    self.count = count
    self.first = first
    self.last = last
  }
}
