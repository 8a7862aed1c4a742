import Metrics

/// Samples of many series as bytes: how they lie in `metrics.db`.
///
/// Each series is the difference of its number to the one before, how many samples follow and whether their times are
/// those of the series before (as in one scrape), the times if not, then the values. Times are differences of
/// differences; values the bytes in which they differ from the one before, repetitions counted (after Pelkonen et al.,
/// "Gorilla", VLDB 2015, by whole bytes instead of bits). All integers are LEB128, signed ones in zigzag.
package struct SampleBlock {
  package private(set) var bytes: [UInt8] = []
  private var number: UInt32 = 0
  private var times: [Int64] = []

  package init() {}

  package mutating func add(_ points: [Point], of series: UInt32) {
    bytes.append(varint: (Int64(series) - Int64(number)).zigzag)
    number = series
    let isSame = points.count == times.count && zip(points, times).allSatisfy { $0.t == $1 }
    bytes.append(varint: UInt64(points.count) << 1 | (isSame ? 1 : 0))
    if !isSame {
      var time = times.first ?? 0
      var step: Int64 = 0
      for point in points {
        let next = point.t &- time
        bytes.append(varint: (next &- step).zigzag)
        (time, step) = (point.t, next)
      }
      times = points.map(\.t)
    }
    var value: UInt64 = 0
    var repetitions: UInt64 = 0
    for point in points {
      let change = point.v.bitPattern ^ value
      if change == 0 {
        repetitions += 1
        continue
      }
      bytes.append(repetitions: &repetitions)
      bytes.append(change: change)
      value = point.v.bitPattern
    }
    bytes.append(repetitions: &repetitions)
  }

  /// Calls `take` for each series; what is cut off or was never a block is left out.
  package static func read(_ bytes: [UInt8], take: (_ series: UInt32, _ points: [Point]) -> Void) {
    bytes.withUnsafeBufferPointer { read($0, take: take) }
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, take: (_ series: UInt32, _ points: [Point]) -> Void
  ) {
    var reader = ByteReader(bytes)
    var points: [Point] = []
    var times: [Int64] = []
    var number: Int64 = 0
    while let difference = reader.varint(), let head = reader.varint() {
      number = number &+ Int64(zigzag: difference)
      let count = head >> 1
      if head & 1 == 0 {
        var time = times.first ?? 0
        var step: Int64 = 0
        times.removeAll(keepingCapacity: true)
        for _ in 0..<count {
          guard let more = reader.varint() else { return }
          step = step &+ Int64(zigzag: more)
          time = time &+ step
          times.append(time)
        }
      }
      guard count == UInt64(times.count) else { return }
      points.removeAll(keepingCapacity: true)
      var value: UInt64 = 0
      var repetitions: UInt64 = 0
      for time in times {
        if repetitions > 0 {
          repetitions -= 1
        } else {
          guard let change = reader.change() else { return }
          if change == 0 {
            guard let more = reader.varint() else { return }
            repetitions = more
          }
          value ^= change
        }
        points.append(Point(t: time, v: Double(bitPattern: value)))
      }
      take(UInt32(truncatingIfNeeded: number), points)
    }
  }
}

/// The labels of many series as bytes: number, count of labels, then each name and value with its length.
package struct LabelBlock {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func add(_ labels: Labels, as series: UInt32) {
    bytes.append(varint: UInt64(series))
    bytes.append(varint: UInt64(labels.pairs.count))
    for pair in labels.pairs {
      for text in [pair.name, pair.value] {
        bytes.append(varint: UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
      }
    }
  }

  /// Calls `take` for each series; what is cut off is left out.
  package static func read(_ bytes: [UInt8], take: (_ series: UInt32, _ labels: Labels) -> Void) {
    bytes.withUnsafeBufferPointer { read($0, take: take) }
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, take: (_ series: UInt32, _ labels: Labels) -> Void
  ) {
    var reader = ByteReader(bytes)
    while let number = reader.varint(), let count = reader.varint() {
      var pairs: [Label] = []
      for _ in 0..<count {
        guard let name = reader.text(), let value = reader.text() else { return }
        pairs.append(Label(name, value))
      }
      take(UInt32(truncatingIfNeeded: number), Labels(unsorted: pairs))
    }
  }
}

/// Reads what the blocks write; nil where it ends too early.
private struct ByteReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  /// - Parameter bytes: must outlive the reader.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  @inline(__always) private mutating func byte() -> UInt8? {
    guard place < bytes.count else { return nil }
    defer { place += 1 }
    return bytes[place]
  }

  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let next = byte() else { return nil }
      value |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return value }
    }
    return nil
  }

  mutating func change() -> UInt64? {
    guard let head = byte() else { return nil }
    let (zeros, count) = (UInt64(head >> 4), head & 0xf)
    guard count <= 8, zeros + UInt64(count) <= 8 else { return nil }
    var value: UInt64 = 0
    for index in 0..<UInt64(count) {
      guard let next = byte() else { return nil }
      value |= UInt64(next) << ((zeros + index) * 8)
    }
    return value
  }

  mutating func text() -> String? {
    guard let count = varint(), count <= UInt64(bytes.count - place) else { return nil }
    defer { place += Int(count) }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[place..<(place + Int(count))]), as: UTF8.self)
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

  /// A change of nothing, and how often more; nothing for none.
  fileprivate mutating func append(repetitions count: inout UInt64) {
    guard count > 0 else { return }
    append(0)
    append(varint: count - 1)
    count = 0
  }

  /// A byte that says how many zero bytes lie below and how many bytes follow, then these, lowest first.
  fileprivate mutating func append(change: UInt64) {
    let below = change.trailingZeroBitCount / 8
    let count = 8 - below - change.leadingZeroBitCount / 8
    append(UInt8(truncatingIfNeeded: below << 4 | count))
    for index in 0..<count { append(UInt8(truncatingIfNeeded: change >> UInt64((below + index) * 8))) }
  }
}

extension Int64 {
  fileprivate var zigzag: UInt64 { UInt64(bitPattern: (self << 1) ^ (self >> 63)) }

  fileprivate init(zigzag: UInt64) { self = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1) }
}
