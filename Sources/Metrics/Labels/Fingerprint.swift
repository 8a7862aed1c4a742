/// Quick hashes over bytes: eight at a time, each mixed by a 64-by-64-bit multiplication whose halves are folded
/// (the step of wyhash by Wang Yi). The same in every process; not for secrets.
///
/// The fingerprint of labels is made of the hashes of their names and values by addition, so that it can be
/// computed from labels in any order and from texts whose hashes are already known.
struct Fingerprint {
  /// The hash of a text's bytes.
  @inline(__always) static func hash(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset &+ 8 < count {
      state = fold(state ^ word(bytes + offset), 0xa076_1d64_78bd_642f)
      offset &+= 8
    }
    let rest = tail(bytes, from: offset, count: count)
    return fold(state ^ rest, finishing)
  }

  static func hash(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { buffer in
      guard let base = UnsafeRawBufferPointer(buffer).baseAddress else { return empty }
      return hash(base, count: buffer.count)
    }
  }

  private static let empty = fold(seed, finishing)
  private static let seed: UInt64 = 0x9e37_79b9_7f4a_7c15
  private static let finishing: UInt64 = 0xe703_7ed1_a0b4_28db

  /// What one label adds to the sum.
  @inline(__always) static func pair(name: UInt64, value: UInt64) -> UInt64 {
    fold(name ^ 0x8ebc_6af0_9c88_c6e3, value ^ 0x5895_28c7_a5f1_9d2b)
  }

  /// The fingerprint from the sum over all labels.
  @inline(__always) static func finish(_ sum: UInt64) -> UInt64 {
    fold(sum ^ 0x8ebc_6af0_9c88_c6e3, 0x5895_28c7_a5f1_9d2b)
  }

  @inline(__always) private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low ^ a
  }

  @inline(__always) private static func word(_ bytes: UnsafeRawPointer) -> UInt64 {
    bytes.loadUnaligned(as: UInt64.self)
  }

  /// The last one to eight bytes as a number; nothing is read outside the text.
  @inline(__always)
  private static func tail(_ bytes: UnsafeRawPointer, from offset: Int, count: Int) -> UInt64 {
    let left = count &- offset
    if count >= 8 { return word(bytes + (count &- 8)) }
    if left >= 4 {
      let low = UInt64((bytes + offset).loadUnaligned(as: UInt32.self))
      let high = UInt64((bytes + (count &- 4)).loadUnaligned(as: UInt32.self))
      return low | high << 32
    }
    guard left > 0 else { return 0 }
    let first = UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self))
    let middle = UInt64(bytes.load(fromByteOffset: offset &+ left >> 1, as: UInt8.self))
    let last = UInt64(bytes.load(fromByteOffset: count &- 1, as: UInt8.self))
    return first | middle << 8 | last << 16
  }

  // MARK: - Many texts in an order

  private var state = seed

  mutating func mix(_ text: String) { state = Self.fold(state ^ Self.hash(text), Self.finishing) }

  mutating func mix(_ bytes: UnsafeRawBufferPointer) {
    let hash = bytes.baseAddress.map { Self.hash($0, count: bytes.count) } ?? Self.empty
    state = Self.fold(state ^ hash, Self.finishing)
  }

  var finished: UInt64 { Self.finish(state) }
}
