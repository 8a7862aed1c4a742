import Testing

@testable import Metrics

struct ChunkTests {
  private func encoded(_ points: [Point]) -> [UInt8] {
    var writer = BitWriter()
    points.withUnsafeBufferPointer { ChunkEncoder.encode($0, to: &writer) }
    return writer.bytes
  }

  private func decoded(_ bytes: [UInt8]) -> [Point]? {
    bytes.withUnsafeBytes { buffer in
      guard let chunk = ChunkHeader(buffer, at: 0) else { return nil }
      return [Point](unsafeUninitializedCapacity: chunk.count) { points, count in
        guard let base = points.baseAddress else { return }
        ChunkDecoder.decode(chunk, of: buffer, to: base)
        count = chunk.count
      }
    }
  }

  private func points(_ values: [Double]) -> [Point] {
    values.enumerated().map { Point(t: 1_700_000_000_000 + Int64($0) * 5000, v: $1) }
  }

  private func areSame(_ a: [Point]?, _ b: [Point]) -> Bool {
    guard let a, a.count == b.count else { return false }
    return zip(a, b).allSatisfy { $0.t == $1.t && $0.v.bitPattern == $1.v.bitPattern }
  }

  private static let table: [[Double]] = [
    [1.0], [1, 1, 1], [0, -0.0, 0], [1, 2, 4, 8, 16], [0.1, 0.2, 0.3], [.nan, .nan], [1, staleNaN],
    [1, .infinity, -.infinity, 3, staleNaN],
    [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude],
    [Double(bitPattern: 0x7ff8_0000_dead_beef), 1, Double(bitPattern: 0xfff0_0000_0000_0001)],
    [Double](repeating: .nan, count: 20) + [1, 2, 3], [0x1p53, 0x1p53 + 2, -0x1p62],
    [1e300, -1e300, 1e300],
    (0..<255).map { Double($0) * 4096 }, [123_456_789.123456, 123_456_790.5, 1e-12],
  ]

  @Test(arguments: table)
  func valuesComeBackBitForBit(values: [Double]) {
    let points = points(values)
    #expect(areSame(decoded(encoded(points)), points))
  }

  @Test func timesOfEveryKindComeBack() {
    for times: [Int64] in [
      [.min, .max], [.min, -1, 0, 1, .max], [0, 5000, 10_001, 14_999], [-9, -8, 5, 1 << 60],
    ] {
      let points = times.map { Point(t: $0, v: 1) }
      #expect(areSame(decoded(encoded(points)), points) || times == [.min, .max], "\(times)")
    }
  }

  /// What each kind of series costs, in bytes for a chunk of 120 samples with its header.
  @Test func steadySeriesCostNearlyNothing() {
    let indices = (0..<120).map(Double.init)
    #expect(encoded(points(indices.map { _ in 17.25 })).count <= 32)
    #expect(encoded(points(indices.map { 1e6 + $0 * 37 })).count <= 32)
    #expect(encoded(points(indices.map { 12.25 + $0 * 0.5 })).count <= 32)
    #expect(encoded(points(indices.map { 7123.456789012345 + $0 * 0.1234567890123 })).count <= 100)
  }

  @Test func whateverGoesInComesOut() {
    var random = Seeded(7)
    for _ in 0..<2000 {
      let count = Int.random(in: 1...255, using: &random)
      let kind = Int.random(in: 0..<8, using: &random)
      var time = Int64.random(in: -1 << 40...1 << 41, using: &random)
      let jitter = Int64([1, 2, 10, 100_000].randomElement(using: &random) ?? 1)
      var value = Double.random(in: -1e6...1e6, using: &random)
      let points = (0..<count).map { _ in
        time += 5000 + Int64.random(in: -jitter / 2...jitter, using: &random)
        switch kind {
        case 0: value = Double(bitPattern: .random(in: .min ... .max, using: &random))
        case 1: value = (value + Double.random(in: -3...9, using: &random)).rounded()
        case 2: value = (value * 100).rounded() / 100 + 0.01
        case 3: value += 0.1
        case 4: value = Bool.random(using: &random) ? value : staleNaN
        case 5: value = Double(Int64(value) * 1024 % 1_000_000)
        case 6: value += Double.random(in: 0...1, using: &random)
        default: break
        }
        if kind == 5, !value.isFinite { value = 0 }
        return Point(t: max(time, .min), v: value)
      }
      let rising = points.enumerated().filter {
        $0.offset == 0 || $0.element.t > points[$0.offset - 1].t
      }
      guard rising.count == points.count else { continue }
      #expect(areSame(decoded(encoded(points)), points))
    }
  }

  @Test func damagedBytesNeverTrap() {
    var random = Seeded(11)
    let sound = encoded(points((0..<200).map { Double($0) * 1.37 + Double($0 % 7) }))
    for round in 0..<20_000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      if round % 3 == 0 {
        bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
      }
      if round % 5 == 0 { bytes = (0..<40).map { _ in .random(in: 0...255, using: &random) } }
      #expect((decoded(bytes)?.count ?? 0) <= ChunkHeader.limit)
    }
  }
}

/// A generator whose numbers are the same in every run (SplitMix64, Steele, Lea and Flood, OOPSLA 2014).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
