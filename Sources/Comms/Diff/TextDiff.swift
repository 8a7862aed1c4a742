/// What changed between two texts, line by line.
package struct TextDiff: Equatable, Sendable {
  package enum Change: Equatable, Sendable {
    case same, added, removed
  }

  package struct Line: Equatable, Sendable {
    package let change: Change
    package let text: String
  }

  package let lines: [Line]

  package var added: Int { lines.count { $0.change == .added } }
  package var removed: Int { lines.count { $0.change == .removed } }
  package var isEmpty: Bool { added == 0 && removed == 0 }

  /// `+3 lines, −1`.
  package var summary: String {
    isEmpty ? "no change" : "+\(added) \(added == 1 ? "line" : "lines"), −\(removed)"
  }

  /// Longer texts are compared as a whole: all lines removed, all added.
  private static let maximumLines = 2000

  /// The shortest script (Myers, as the standard library's `difference`), removed lines before added ones.
  package init(from old: String, to new: String) {
    let before = old.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    let after = new.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    guard before.count + after.count <= Self.maximumLines else {
      lines =
        old == new
        ? after.map { Line(change: .same, text: $0) }
        : before.map { Line(change: .removed, text: $0) } + after.map { Line(change: .added, text: $0) }
      return
    }
    let difference = after.difference(from: before)
    var removals: Set<Int> = []
    var insertions: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removals.insert(offset)
      case .insert(let offset, _, _): insertions.insert(offset)
      }
    }
    var result: [Line] = []
    var old = before[...]
    for (index, text) in after.enumerated() {
      while let first = old.first, removals.contains(old.startIndex) {
        result.append(Line(change: .removed, text: first))
        old = old.dropFirst()
      }
      if insertions.contains(index) {
        result.append(Line(change: .added, text: text))
      } else {
        result.append(Line(change: .same, text: text))
        old = old.dropFirst()
      }
    }
    result += old.map { Line(change: .removed, text: $0) }
    lines = result
  }
}
