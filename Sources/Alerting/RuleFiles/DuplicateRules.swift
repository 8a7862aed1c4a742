import Values

/// Rules of one file with the same name and the same labels: legal, and mostly a mistake.
package struct DuplicateRules: Sendable {
  /// The alert's name, or the recorded one.
  package let name: String
  /// Sorted by name.
  package let labels: [(name: String, text: String)]
  /// Where they stand: two at least, in the order of the file.
  package let positions: [Position]

  /// All of a file's, its groups together, sorted by name and labels; O(n) without any.
  package static func find(in groups: [GroupDefinition]) -> [DuplicateRules] {
    find(in: groups.flatMap { $0.rules.map { RuleOutline($0) } })
  }

  /// As above, of rules in the order of the file.
  package static func find(in rules: [RuleOutline]) -> [DuplicateRules] {
    var first: [RuleOutline: Position] = [:]
    first.reserveCapacity(rules.count)
    var repeated: [RuleOutline: [Position]] = [:]
    for rule in rules {
      if let place = first[rule] {
        repeated[rule, default: [place]].append(rule.position)
      } else {
        first[rule] = rule.position
      }
    }
    return repeated.sorted { $0.key.words.lexicographicallyPrecedes($1.key.words) }.map { rule, positions in
      DuplicateRules(name: rule.name, labels: rule.labels, positions: positions)
    }
  }
}

extension RuleOutline {
  fileprivate var words: [String] { [name] + labels.flatMap { [$0.name, $0.text] } }
}
