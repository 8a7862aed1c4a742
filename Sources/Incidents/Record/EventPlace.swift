import Values

/// Where an event stands among all: by when it happened, then by its number in its journal.
///
/// Two events of different origins can stand at one place; whoever pages by places may then miss one of them.
package struct EventPlace: Hashable, Comparable, Sendable {
  package let occurred: Instant
  package let seq: Int64

  package init(_ occurred: Instant, seq: Int64) {
    self.occurred = occurred
    self.seq = seq
  }

  package static func < (a: Self, b: Self) -> Bool { (a.occurred, a.seq) < (b.occurred, b.seq) }
}

extension Event {
  package var place: EventPlace { EventPlace(occurred, seq: seq) }
}
