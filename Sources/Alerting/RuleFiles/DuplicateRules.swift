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
    var first: [Identity: Position] = [:]
    first.reserveCapacity(groups.reduce(0) { $0 + $1.rules.count })
    var repeated: [Identity: [Position]] = [:]
    for group in groups {
      for rule in group.rules {
        let identity = Identity(name: rule.name, labels: rule.labels)
        if let place = first[identity] {
          repeated[identity, default: [place]].append(rule.position)
        } else {
          first[identity] = rule.position
        }
      }
    }
    return repeated.sorted { $0.key.words.lexicographicallyPrecedes($1.key.words) }.map {
      identity, positions in
      DuplicateRules(
        name: identity.name, labels: identity.labels.map { ($0.name, $0.text) }, positions: positions)
    }
  }
}

/// What two rules have in common when they are alike.
private struct Identity: Hashable {
  let name: String
  let labels: [Rule.Text]

  var words: [String] { [name] + labels.flatMap { [$0.name, $0.text] } }

  static func == (a: Self, b: Self) -> Bool {
    a.name == b.name && a.labels.count == b.labels.count
      && zip(a.labels, b.labels).allSatisfy { $0.name == $1.name && $0.text == $1.text }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    for label in labels {
      hasher.combine(label.name)
      hasher.combine(label.text)
    }
  }
}
