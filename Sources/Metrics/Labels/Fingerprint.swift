/// A quick hash over the bytes of strings: eight bytes at a time, each mixed by a 64-by-64-bit multiplication
/// whose halves are folded (the step of wyhash by Wang Yi). Not for secrets.
struct Fingerprint {
  private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

  mutating func mix(_ text: String) {
    var text = text
    text.withUTF8 { mix(UnsafeRawBufferPointer($0)) }
  }

  mutating func mix(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset &+ 8 <= bytes.count {
      fold(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    var rest: UInt64 = 0
    while offset < bytes.count {
      rest = rest << 8 | UInt64(bytes[offset])
      offset &+= 1
    }
    fold(rest ^ UInt64(truncatingIfNeeded: bytes.count) << 56)
  }

  private mutating func fold(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    state = product.high ^ product.low ^ (word &* 0xe703_7ed1_a0b4_28db)
  }

  var finished: UInt64 {
    let product = (state ^ 0x8ebc_6af0_9c88_c6e3).multipliedFullWidth(by: 0x5895_28c7_a5f1_9d2b)
    return product.high ^ product.low
  }
}
