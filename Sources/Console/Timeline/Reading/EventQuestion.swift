import Incidents
import Retro
import Values

/// Which events of the journal screen 7 shows, and around which place.
package struct EventQuestion: Hashable, Sendable {
  /// Where the page lies.
  package enum Anchor: Hashable, Sendable {
    case newest, oldest
    case around(EventPlace)
  }

  package var filter: EventFilter
  package var anchor: Anchor
  /// What is zoomed into; nil is all the time there is.
  package var window: EventWindow?
  /// Spans of the strip that shows when how much happened; one for each of its columns.
  package var columns: Int

  package init(
    _ filter: EventFilter = EventFilter(), anchor: Anchor = .newest, window: EventWindow? = nil,
    columns: Int = 60
  ) {
    self.filter = filter
    self.anchor = anchor
    self.window = window
    self.columns = columns
  }

  /// Events of a page: so many on each side of the place.
  package static let side = 100
}

/// A part of time that is looked at more closely.
package struct EventWindow: Hashable, Sendable {
  /// How long it is.
  package enum Length: Int, CaseIterable, Hashable, Sendable {
    case month, day, hour, minutes

    package var span: Span {
      switch self {
      case .month: .days(30)
      case .day: .days(1)
      case .hour: .hours(1)
      case .minutes: .minutes(10)
      }
    }

    var words: String {
      switch self {
      case .month: "30 days"
      case .day: "a day"
      case .hour: "an hour"
      case .minutes: "10 minutes"
      }
    }

    var closer: Self? { Self(rawValue: rawValue + 1) }
    var wider: Self? { Self(rawValue: rawValue - 1) }
  }

  package let length: Length
  package let centre: Instant

  package init(_ length: Length, around centre: Instant) {
    self.length = length
    self.centre = centre
  }

  package var from: Instant { centre - .milliseconds(length.span.milliseconds / 2) }
  package var until: Instant { from + length.span }
}
