import Incidents
import Values

/// Gives a filter a name; an empty filter takes the name away.
package struct SaveFilter: Act {
  package var name: String
  package var filter: String

  package init(_ name: String, filter: String) {
    self.name = name
    self.filter = filter
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard (1...30).contains(name.count), name.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
    else {
      throw Refusal("A filter's name is one word of letters, digits and dashes, at most 30.")
    }
    if let problem = TicketFilter.read(filter, me: actor.handle).problems.first {
      throw Refusal("The filter cannot be saved: \(problem)")
    }
    let saved = try record.entity(SavedFilters.self, SavedFilters.key)?.filters ?? [:]
    guard saved[name] != (filter.hasWords ? filter : nil) else {
      throw Refusal(filter.hasWords ? "\(name) is that filter already." : "There is no filter \(name).")
    }
    return Decision(append: [Entry(FilterSaved(name: name, filter: filter), at: now)])
  }
}
