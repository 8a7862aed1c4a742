import Values

/// Rules of one file with the same name and the same labels: legal, and mostly a mistake.
package struct DuplicateRules: Sendable {
  /// The alert's name, or the recorded one.
  package let name: String
  /// Sorted by name.
  package let labels: [(name: String, text: String)]
  /// Where they stand: two at least, in the order of the file.
  package let positions: [Position]

  /// All of a file's, its groups together, sorted by name and labels; O(n·log n).
  package static func find(in groups: [GroupDefinition]) -> [DuplicateRules] {
    var places: [[String]: [Position]] = [:]
    var first: [[String]: Rule] = [:]
    for rule in groups.lazy.flatMap(\.rules) {
      let key = [rule.name] + rule.labels.flatMap { [$0.name, $0.text] }
      places[key, default: []].append(rule.position)
      if first[key] == nil { first[key] = rule }
    }
    return places.filter { $0.value.count > 1 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .compactMap { key, positions in
        first[key].map { rule in
          DuplicateRules(
            name: rule.name, labels: rule.labels.map { ($0.name, $0.text) }, positions: positions)
        }
      }
  }
}
