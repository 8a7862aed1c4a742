import Incidents
import Values

/// Events in the order in which they happened, as lines; later wordings, retractions and pins are applied
/// to the lines they name.
package struct Timeline: Equatable, Sendable {
  package let lines: [TimelineLine]

  /// O(n log n). Unknown kinds are kept and shown with their body; pins and amendments are no lines.
  package init(_ events: [Event]) { self.init(TimelineReading(events)) }

  init(_ reading: TimelineReading) {
    var lines = reading.lines
    if !reading.marks.isEmpty {
      let places = Dictionary(lines.indices.map { (lines[$0].id, $0) }) { $1 }
      for mark in reading.marks.sorted(by: { $0.seq < $1.seq }) { Self.apply(mark, to: &lines, at: places) }
    }
    // Events of a journal are in their order already.
    let isOrdered = lines.indices.dropFirst().allSatisfy { place in
      let (before, after) = (lines[place - 1].occurred, lines[place].occurred)
      return before == after ? lines[place - 1].seq <= lines[place].seq : before < after
    }
    self.lines = isOrdered ? lines : lines.sorted { ($0.occurred, $0.seq) < ($1.occurred, $1.seq) }
  }

  private static func apply(_ mark: Event, to lines: inout [TimelineLine], at places: [String: Int]) {
    if let pin = mark.fact(EventPinned.self), let place = places[pin.target] {
      lines[place].isPinned = pin.pinned
    } else if let fact = mark.fact(EventAmended.self), let place = places[fact.target] {
      let first = lines[place].isAmended ? nil : "First: \(lines[place].text)"
      let why = "Amended by \(mark.actor.handle) at \(mark.occurred.dateClockUTC): \(fact.reason)"
      lines[place].detail = ([lines[place].detail, first, why] as [String?]).compactMap { $0 }
        .joined(separator: "\n")
      lines[place].text = fact.text
      lines[place].isAmended = true
    } else if let fact = mark.fact(EventRetracted.self), let place = places[fact.target] {
      lines[place].retracted = fact.reason
      if let own = places[mark.id] {
        lines[own].text = "\(beginning(lines[place].text)) was taken back\(reason(fact.reason))"
      }
    }
  }

  /// Enough of a line to know it by.
  private static func beginning(_ text: String) -> String {
    text.count > 40 ? "“\(text.prefix(39))…”" : "“\(text)”"
  }
}
