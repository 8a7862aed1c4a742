/// From the hashes of series' lines to their numbers: open addressing in four bytes a place.
struct SeriesTable {
  /// Eight bits of a hash above a number plus one; zero where nothing is.
  private var slots: [UInt32] = []
  private var count = 0

  /// Numbers must stay below this.
  static let capacity = 0xff_fffe

  /// The number with this hash for which `isSame` holds. Expected constant time.
  @inline(__always) func find(_ hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count &- 1
    let tag = UInt32(truncatingIfNeeded: hash >> 56)
    return slots.withUnsafeBufferPointer { slots in
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place] != 0 {
        if slots[place] >> 24 == tag {
          let number = Int(slots[place] & 0xff_ffff) &- 1
          if isSame(number) { return number }
        }
        place = (place &+ 1) & mask
      }
      return nil
    }
  }

  /// Adds a number that is not there yet.
  ///
  /// - Parameter rehash: the hash of a number that was added before.
  @inline(__always) mutating func insert(_ hash: UInt64, _ number: Int, rehash: (Int) -> UInt64) {
    if (count &+ 1) &* 4 > slots.count &* 3 { grow(to: max(64, slots.count &* 4), rehash) }
    count &+= 1
    put(hash, number)
  }

  @inline(__always) private mutating func put(_ hash: UInt64, _ number: Int) {
    let mask = slots.count &- 1
    let slot =
      UInt32(truncatingIfNeeded: hash >> 56) << 24 | UInt32(truncatingIfNeeded: number &+ 1) & 0xff_ffff
    slots.withUnsafeMutableBufferPointer { slots in
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place] != 0 { place = (place &+ 1) & mask }
      slots[place] = slot
    }
  }

  /// Makes room for that many series; the table must be empty.
  mutating func reserve(_ series: Int) {
    guard count == 0 else { return }
    var size = 64
    while size &* 3 < series &* 4 { size &*= 2 }
    slots = Array(repeating: 0, count: size)
  }

  private mutating func grow(to size: Int, _ rehash: (Int) -> UInt64) {
    let old = slots
    slots = Array(repeating: 0, count: size)
    for slot in old where slot != 0 {
      let number = Int(slot & 0xff_ffff) &- 1
      put(rehash(number), number)
    }
  }
}
