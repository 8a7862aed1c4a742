/// What each endpoint depends on, by their places, and what depends on it: over whatever many others.
struct Dependencies: Sendable {
  /// Nearest first.
  private let ancestors: [Int: [Int]]
  private let descendants: [Int: [Int]]

  /// - Parameter parents: by place. Circles, which loading refuses, are gone round once.
  init(_ parents: [[Int]] = []) {
    var ancestors: [Int: [Int]] = [:]
    var descendants: [Int: [Int]] = [:]
    for child in parents.indices where !parents[child].isEmpty {
      var found: [Int] = []
      var seen: Set<Int> = [child]
      var open = parents[child][...]
      while let next = open.popFirst() {
        guard parents.indices.contains(next), seen.insert(next).inserted else { continue }
        found.append(next)
        open += parents[next]
      }
      ancestors[child] = found
      for ancestor in found { descendants[ancestor, default: []].append(child) }
    }
    self.ancestors = ancestors
    self.descendants = descendants
  }

  func ancestors(of place: Int) -> [Int] { ancestors[place] ?? [] }
  func descendants(of place: Int) -> [Int] { descendants[place] ?? [] }
}
