/// Hands over the elements of some lists as soon as each is read, while the rest of the document is not.
///
/// A list's place is the keys that lead to it: `["spec", "groups"]`. What was handed over leaves an empty
/// mapping in the document; from the first anchor on nothing is, because an alias might mean it again.
package struct YAMLHandOver {
  let paths: [[String]]
  let take: (_ element: YAMLNode, _ path: [String]) -> Void
  /// How many keys the longest path has.
  let depth: Int

  package init(of paths: [[String]], to take: @escaping (_ element: YAMLNode, _ path: [String]) -> Void) {
    self.paths = paths
    self.take = take
    depth = paths.map(\.count).max() ?? 0
  }
}
