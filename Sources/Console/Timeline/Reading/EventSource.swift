import Incidents
import Values

/// Where events are read from: a journal, or a test's.
package protocol EventSource {
  func extent() throws -> EventExtent?
  func kinds() throws -> [String]
  func slice(
    _ selection: EventSelection, beyond place: EventPlace?, newer: Bool, limit: Int
  ) throws -> EventSlice
  func tally(_ selection: EventSelection, in spans: EventSpans, until: Instant?) throws -> EventTally
  func marks(of ids: [String]) throws -> [String: EventMark]
  /// Oldest first.
  func pinned() throws -> [Event]
}
