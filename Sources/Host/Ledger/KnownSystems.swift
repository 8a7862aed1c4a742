import Incidents
import Journal
import Values

/// Which systems a journal knows.
package enum KnownSystems {
  /// Those that an engine loaded, or that an incident is of, by name. O(incidents).
  package static func names(in journal: Journal) throws -> [String] {
    var names: Set<String> = []
    try journal.visit(EventQuery(kinds: [SystemLoaded.kind])) { event in
      if let fact = event.fact(SystemLoaded.self) { names.insert(fact.system) }
    }
    try journal.visit(Incident.self) { names.formUnion($0.systems) }
    return names.sorted()
  }

  /// Throws a sentence for a name that no event and no incident has.
  package static func check(_ name: String, in journal: Journal) throws {
    guard try journal.events(matching: EventQuery(systems: [name], limit: 1)).isEmpty else { return }
    let names = try names(in: journal)
    guard !names.contains(name) else { return }
    let known = names.isEmpty ? "it knows none yet" : "it knows \(names.joined(separator: ", "))"
    throw Refusal(Inert.terminal("The journal knows no system \(name); \(known)."))
  }
}
