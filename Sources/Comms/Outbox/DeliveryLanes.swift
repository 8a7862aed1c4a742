import Values

/// What waits for each destination. What goes to one goes in the order in which it was queued, one at a time; one that
/// waits to be tried again holds up what is behind it, and nothing at another destination.
package struct DeliveryLanes: Sendable {
  private var lanes: [String: [DeliveryRecord]] = [:]
  /// Destinations to which something is under way.
  private var busy: Set<String> = []

  package init() {}

  package var isBusy: Bool { !busy.isEmpty }

  /// Everything that is open, oldest first, as the journal has it now.
  package mutating func take(_ records: [DeliveryRecord]) {
    lanes = Dictionary(grouping: records.filter { $0.due != nil }, by: \.place)
  }

  /// What is to be sent now; each is under way from now on.
  package mutating func start(at now: Instant) -> [DeliveryRecord] {
    let due = lanes.compactMap { place, waiting -> DeliveryRecord? in
      guard !busy.contains(place), let first = waiting.first, let due = first.due, due <= now else {
        return nil
      }
      return first
    }
    for record in due {
      busy.insert(record.place)
      lanes[record.place]?.removeFirst()
    }
    return due.sorted { $0.key < $1.key }
  }

  /// Nothing is under way to that destination any more.
  package mutating func finish(_ place: String) { busy.remove(place) }

  /// When ``start(at:)`` has something to start, unless something ends or is queued before; nil: never.
  package var nextDeadline: Instant? {
    lanes.compactMap { place, waiting in busy.contains(place) ? nil : waiting.first?.due }.min()
  }
}
