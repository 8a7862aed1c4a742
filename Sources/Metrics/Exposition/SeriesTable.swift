/// From the hashes of series to their numbers: open addressing in four bytes a place, because a first page
/// waits for memory more than for anything else.
struct SeriesTable {
  /// Eight bits of a hash above a number plus one; zero where nothing is.
  private var slots: [UInt32] = []
  private(set) var count = 0

  /// Numbers must stay below this.
  static let capacity = 0xff_fffe

  /// The number with this hash for which `isSame` holds. Expected constant time.
  @inline(__always) func find(_ hash: UInt64, where isSame: (Int32) -> Bool) -> Int32? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count &- 1
    let tag = UInt32(truncatingIfNeeded: hash >> 56)
    return slots.withUnsafeBufferPointer { slots in
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place] != 0 {
        if slots[place] >> 24 == tag {
          let number = Int32(truncatingIfNeeded: slots[place] & 0xff_ffff) &- 1
          if isSame(number) { return number }
        }
        place = (place &+ 1) & mask
      }
      return nil
    }
  }

  /// Looks where a hash would be found, so that finding it soon need not wait. Several such looks overlap.
  @inline(__always) func glance(_ hash: UInt64) -> UInt32 {
    slots.isEmpty ? 0 : slots[Int(truncatingIfNeeded: hash) & (slots.count &- 1)]
  }

  /// Adds the next number, whose key is the last of `keys`.
  @inline(__always) mutating func insert(_ hash: UInt64, _ number: Int32, keys: [SeriesCatalogue.Key]) {
    if (count &+ 1) &* 4 > slots.count &* 3 { grow(to: max(64, slots.count &* 4), keys) }
    count &+= 1
    put(hash, number)
  }

  @inline(__always) private mutating func put(_ hash: UInt64, _ number: Int32) {
    let mask = slots.count &- 1
    let slot = UInt32(truncatingIfNeeded: hash >> 56) << 24 | UInt32(bitPattern: number &+ 1)
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

  private mutating func grow(to size: Int, _ keys: [SeriesCatalogue.Key]) {
    slots = Array(repeating: 0, count: size)
    for number in 0..<count { put(keys[number].hash, Int32(truncatingIfNeeded: number)) }
  }
}
