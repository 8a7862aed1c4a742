import Metrics

/// Something about each of many series as bytes, each series by its number: how it lies in `metrics.db`.
///
/// A checksum of all that follows; then for each series the difference of its number to the one before, how many bytes
/// follow, and these. All integers are LEB128, signed ones in zigzag.
package struct SampleBlock {
  /// Of one series.
  package struct Part: Equatable {
    package let series: UInt32
    /// Where it lies in the block.
    package let place: Range<Int>
  }

  private var bytes: [UInt8] = []
  private var number: UInt32 = 0

  private static let checksumSize = 8

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty }

  package mutating func add(_ part: [UInt8], of series: UInt32) {
    if isEmpty { bytes = [UInt8](repeating: 0, count: Self.checksumSize) }
    let step = Int64(series) - Int64(number)
    bytes.append(varint: UInt64(bitPattern: (step << 1) ^ (step >> 63)))
    bytes.append(varint: UInt64(part.count))
    bytes += part
    number = series
  }

  /// What is to be written.
  package consuming func sealed() -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    let checksum = SavedChunks.checksum(of: bytes[Self.checksumSize...])
    for place in 0..<Self.checksumSize {
      bytes[place] = UInt8(truncatingIfNeeded: checksum >> UInt64(place * 8))
    }
    return bytes
  }

  /// The parts of a block, in order; none when it is not what was written.
  package static func parts(of bytes: [UInt8]) -> [Part] {
    guard bytes.count > checksumSize else { return [] }
    var stored: UInt64 = 0
    for place in 0..<checksumSize { stored |= UInt64(bytes[place]) << UInt64(place * 8) }
    guard stored == SavedChunks.checksum(of: bytes[checksumSize...]) else { return [] }
    var parts: [Part] = []
    var reader = ByteReader(bytes[checksumSize...])
    var number: UInt32 = 0
    while let step = reader.varint(), let place = reader.range() {
      let change = UInt32(truncatingIfNeeded: step >> 1) ^ (0 &- UInt32(truncatingIfNeeded: step & 1))
      number = number &+ change
      parts.append(Part(series: number, place: place))
    }
    return parts
  }
}

/// The labels of one series as bytes: how many, then each name and value with its length.
package enum LabelBytes {
  package static func write(_ labels: Labels, to bytes: inout [UInt8]) {
    bytes.append(varint: UInt64(labels.pairs.count))
    for pair in labels.pairs {
      for text in [pair.name, pair.value] {
        bytes.append(varint: UInt64(text.utf8.count))
        bytes += text.utf8
      }
    }
  }

  /// Nil when the bytes are no labels.
  package static func read(_ bytes: ArraySlice<UInt8>) -> Labels? {
    var reader = ByteReader(bytes)
    guard let count = reader.varint(), count <= UInt64(bytes.count) else { return nil }
    var pairs: [Label] = []
    pairs.reserveCapacity(Int(count))
    for _ in 0..<count {
      guard let name = reader.range(), let value = reader.range() else { return nil }
      pairs.append(
        Label(String(decoding: bytes[name], as: UTF8.self), String(decoding: bytes[value], as: UTF8.self)))
    }
    return Labels(unsorted: pairs)
  }
}

/// Reads what the blocks write; nil where it ends too early.
private struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < bytes.endIndex else { return nil }
      let next = bytes[place]
      place += 1
      value |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return value }
    }
    return nil
  }

  /// A length, and where so many bytes lie.
  mutating func range() -> Range<Int>? {
    guard let count = varint(), count <= UInt64(bytes.endIndex - place) else { return nil }
    defer { place += Int(count) }
    return place..<(place + Int(count))
  }
}

extension [UInt8] {
  fileprivate mutating func append(varint value: UInt64) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    append(UInt8(truncatingIfNeeded: value))
  }
}
