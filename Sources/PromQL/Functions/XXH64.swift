/// Yann Collet's XXH64 without a seed (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
enum XXH64 {
  private static let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
  private static let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
  private static let prime3: UInt64 = 0x1656_67b1_9e37_79f9
  private static let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
  private static let prime5: UInt64 = 0x27d4_eb2f_1656_67c5

  static func hash(_ bytes: [UInt8]) -> UInt64 {
    var rest = bytes[...]
    var hash: UInt64
    if bytes.count >= 32 {
      var lanes = [prime1 &+ prime2, prime2, 0, 0 &- prime1]
      while rest.count >= 32 {
        for index in lanes.indices { lanes[index] = round(lanes[index], take(8, &rest)) }
      }
      hash = 0
      for (lane, turn) in zip(lanes, [1, 7, 12, 18]) { hash = hash &+ rotated(lane, turn) }
      for lane in lanes { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
    } else {
      hash = prime5
    }
    hash = hash &+ UInt64(bytes.count)
    while rest.count >= 8 {
      hash = rotated(hash ^ round(0, take(8, &rest)), 27) &* prime1 &+ prime4
    }
    if rest.count >= 4 {
      hash = rotated(hash ^ (take(4, &rest) &* prime1), 23) &* prime2 &+ prime3
    }
    for byte in rest { hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1 }
    hash = (hash ^ (hash >> 33)) &* prime2
    hash = (hash ^ (hash >> 29)) &* prime3
    return hash ^ (hash >> 32)
  }

  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotated(lane &+ input &* prime2, 31) &* prime1
  }

  private static func rotated(_ value: UInt64, _ bits: Int) -> UInt64 { value << bits | value >> (64 - bits) }

  /// The next bytes as a number, the lowest first.
  private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for (index, byte) in rest.prefix(count).enumerated() { value |= UInt64(byte) << (8 * index) }
    rest = rest.dropFirst(count)
    return value
  }
}
