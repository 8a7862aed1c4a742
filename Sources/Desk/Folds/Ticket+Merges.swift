import Incidents

/// Tickets that became one, and one again with others.
extension Ticket {
  /// A chain of merges is followed so far.
  private static let mostMerges = 1000

  /// The tickets that it was merged into, in their order; work goes on with the last. Empty where it was not merged.
  /// Ends before a ticket that comes a second time.
  package func merges(_ find: (String) throws -> Ticket?) rethrows -> [Ticket] {
    var way: [Ticket] = []
    var seen: Set<String> = [key]
    var next = mergedInto
    while let one = next, way.count < Self.mostMerges, seen.insert(one).inserted, let ticket = try find(one) {
      way.append(ticket)
      next = ticket.mergedInto
    }
    return way
  }

  /// The keys of all tickets that were merged into it, of those merged into these too: the nearest first, each once,
  /// at most `most`.
  package func absorbedAll(most: Int = 200, _ find: (String) throws -> Ticket?) rethrows -> [String] {
    var keys: [String] = []
    var seen: Set<String> = [key]
    var queue = absorbed
    while !queue.isEmpty, keys.count < most {
      var further: [String] = []
      for one in queue where keys.count < most && seen.insert(one).inserted {
        keys.append(one)
        further += try find(one)?.absorbed ?? []
      }
      queue = further
    }
    return keys
  }
}
