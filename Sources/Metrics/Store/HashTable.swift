internal import Glibc

/// Numbers found by a hash: open addressing with linear probing, eight bytes a place, at most two thirds full.
///
/// A place holds the upper half of the hash, which also decides where it lies, and the number plus one. Whether a
/// number is the right one its owner decides. Removal moves the followers back (Knuth, The Art of Computer
/// Programming, volume 3, section 6.4, algorithm R), so there are no tombstones.
struct HashTable: ~Copyable {
  private var places: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private(set) var count: Int

  init() {
    places = Memory.allocateZeros(8)
    mask = 7
    count = 0
  }

  init(copying other: borrowing HashTable) {
    mask = other.mask
    count = other.count
    places = Memory.allocate(mask &+ 1)
    places.initialize(from: other.places, count: mask &+ 1)
  }

  deinit { free(places) }

  @inline(__always) private static func tag(_ hash: UInt64) -> UInt64 { hash >> 32 }

  /// Reads the place where a search would begin, so that many reads can wait for memory together.
  @inline(__always) func touch(_ hash: UInt64) -> UInt64 {
    places[Int(truncatingIfNeeded: Self.tag(hash)) & mask]
  }

  /// The number under a hash for which `isIt` holds. Expected constant time.
  @inline(__always) func find(_ hash: UInt64, where isIt: (UInt32) -> Bool) -> UInt32? {
    let tag = Self.tag(hash)
    var place = Int(truncatingIfNeeded: tag) & mask
    while true {
      let found = places[place]
      if found == 0 { return nil }
      if found >> 32 == tag {
        let number = UInt32(truncatingIfNeeded: found) &- 1
        if isIt(number) { return number }
      }
      place = (place &+ 1) & mask
    }
  }

  /// Makes room for `more` numbers.
  @inline(__always) mutating func reserve(_ more: Int) {
    if (count &+ more) &* 3 > (mask &+ 1) &* 2 { grow(to: count &+ more) }
  }

  /// Adds a number that is not there yet.
  @inline(__always) mutating func insert(_ hash: UInt64, _ number: UInt32) {
    reserve(1)
    put(Self.tag(hash) << 32 | UInt64(number &+ 1))
    count &+= 1
  }

  mutating func remove(_ hash: UInt64, _ number: UInt32) {
    let wanted = Self.tag(hash) << 32 | UInt64(number &+ 1)
    var hole = Int(truncatingIfNeeded: wanted >> 32) & mask
    while places[hole] != wanted {
      if places[hole] == 0 { return }
      hole = (hole &+ 1) & mask
    }
    count &-= 1
    var next = hole
    while true {
      next = (next &+ 1) & mask
      let follower = places[next]
      if follower == 0 { break }
      let home = Int(truncatingIfNeeded: follower >> 32) & mask
      // It may move back only when the hole does not lie before its home.
      if (next &- home) & mask >= (next &- hole) & mask {
        places[hole] = follower
        hole = next
      }
    }
    places[hole] = 0
  }

  @inline(__always) private func put(_ entry: UInt64) {
    var place = Int(truncatingIfNeeded: entry >> 32) & mask
    while places[place] != 0 { place = (place &+ 1) & mask }
    places[place] = entry
  }

  private mutating func grow(to needed: Int) {
    var size = mask &+ 1
    while needed &* 3 > size &* 2 { size &*= 2 }
    let old = places
    let oldSize = mask &+ 1
    places = Memory.allocateZeros(size)
    mask = size &- 1
    for place in 0..<oldSize where old[place] != 0 { put(old[place]) }
    free(old)
  }
}
