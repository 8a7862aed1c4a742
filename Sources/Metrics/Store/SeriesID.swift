/// A series' place in one store. Places are used again after a series was dropped; the generation tells.
package struct SeriesID: Hashable, Comparable, Sendable {
  let index: UInt32
  let generation: UInt32

  package static func < (a: Self, b: Self) -> Bool { (a.index, a.generation) < (b.index, b.generation) }
}
