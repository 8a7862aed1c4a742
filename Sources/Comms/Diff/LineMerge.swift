/// Three texts made one, line by line: what changed from `base` to `new` goes into `mine`, where nobody had changed
/// those lines; what a person wrote stays.
package enum LineMerge {
  /// Longer texts are left as they are.
  private static let maximumLines = 2000

  /// As `diff3` does it, between lines that all three have; of a piece that both changed, `mine` is kept.
  package static func merged(base: String, mine: String, new: String) -> String {
    func lines(_ text: String) -> [String] {
      text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }
    let (base, own, new) = (lines(base), lines(mine), lines(new))
    guard base.count + own.count + new.count <= maximumLines else { return mine }
    let (inOwn, inNew) = (places(of: base, in: own), places(of: base, in: new))
    var merged: [String] = []
    var (b, o, n) = (0, 0, 0)
    for index in base.indices {
      guard let ownIndex = inOwn[index], let newIndex = inNew[index] else { continue }
      merged += piece(Array(base[b..<index]), Array(own[o..<ownIndex]), Array(new[n..<newIndex]))
      merged.append(own[ownIndex])
      (b, o, n) = (index + 1, ownIndex + 1, newIndex + 1)
    }
    merged += piece(Array(base[b...]), Array(own[o...]), Array(new[n...]))
    return merged.joined(separator: "\n")
  }

  /// Where each line of `base` still stands in `text`, in order.
  private static func places(of base: [String], in text: [String]) -> [Int: Int] {
    let difference = text.difference(from: base)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    let kept = base.indices.filter { !removed.contains($0) }
    let left = text.indices.filter { !inserted.contains($0) }
    return Dictionary(zip(kept, left)) { first, _ in first }
  }

  private static func piece(_ base: [String], _ own: [String], _ new: [String]) -> [String] {
    // A hole that was filled by hand is not opened again.
    let isFilled = !new.contains { !Unfilled.names(in: $0).isEmpty && !own.contains($0) }
    if own == base { return isFilled ? new : own }
    guard base.count == own.count, base.count == new.count else { return own }
    return own.indices.map { index in
      own[index] == base[index] && (Unfilled.names(in: new[index]).isEmpty || new[index] == own[index])
        ? new[index] : own[index]
    }
  }
}
