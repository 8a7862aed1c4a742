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
  ///
  /// Where the first delivery about an incident makes something that later ones change, and nobody knows whether it did,
  /// they wait with it for a person: another one would make a second.
  ///
  /// - Parameter isKnown: whether the destination has said what it calls what a delivery is about.
  package mutating func take(_ records: [DeliveryRecord], isKnown: (DeliveryRecord) -> Bool = { _ in false })
  {
    var unclear: Set<[String]> = []
    let free = records.filter { record in
      guard let about = record.about, DeliveryKinds.named(record.kind)?.makesOne == true else { return true }
      let thing = [record.place, about]
      if record.state == .unknown, !isKnown(record) { unclear.insert(thing) }
      return !unclear.contains(thing)
    }
    lanes = Dictionary(grouping: free.filter { $0.due != nil }, by: \.place)
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
