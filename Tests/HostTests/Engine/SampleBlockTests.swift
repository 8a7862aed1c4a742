import Host
import Metrics
import Testing

@Suite struct SampleBlockTests {
  private func read(_ bytes: [UInt8]) -> [(UInt32, [Point])] {
    var found: [(UInt32, [Point])] = []
    SampleBlock.read(bytes) { found.append(($0, $1)) }
    return found
  }

  @Test func everyBitComesBack() {
    let values: [Double] = [
      0, -0.0, 1, 1, 1.5, .pi, -1e300, Double.leastNonzeroMagnitude, .infinity, -.infinity, .nan, staleNaN,
      0.1 + 0.2, 123_456_789,
    ]
    let times: [Int64] = [0, 1, 2, 1_794_369_600_000, 1_794_369_605_001, 1_794_369_609_998]
    var block = SampleBlock()
    let first = values.enumerated().map { Point(t: Int64($0) * 5000 - 7, v: $1) }
    let second = times.map { Point(t: $0, v: 7) }
    block.add(first, of: 3)
    block.add([], of: 0)
    block.add(second, of: .max)
    let found = read(block.bytes)
    #expect(found.map(\.0) == [3, 0, .max])
    #expect(found[0].1.map(\.t) == first.map(\.t))
    #expect(found[0].1.map(\.v.bitPattern) == first.map(\.v.bitPattern))
    #expect(found[1].1.isEmpty)
    #expect(found[2].1 == second)
  }

  @Test func seriesOfOneScrapeShareItsTimes() {
    var alone = SampleBlock()
    var together = SampleBlock()
    let points = (0..<12).map { Point(t: 1_794_369_600_000 + $0 * 4999 + $0 % 3, v: 7) }
    alone.add(points, of: 5)
    for number in 5..<105 { together.add(points, of: UInt32(number)) }
    let found = read(together.bytes)
    #expect(found.map(\.0) == Array(5..<105) && found.allSatisfy { $0.1 == points })
    #expect(together.bytes.count <= alone.bytes.count + 99 * 9, "\(together.bytes.count)")
  }

  @Test func steadySamplesTakeLittleMoreThanAByte() {
    var block = SampleBlock()
    block.add((0..<1000).map { Point(t: 1_794_369_600_000 + $0 * 5000, v: 42) }, of: 1)
    #expect(block.bytes.count < 1000 + 40)
  }

  @Test func whatIsCutOffOrFlippedTrapsNobody() {
    var block = SampleBlock()
    block.add((0..<20).map { Point(t: $0 * 5000, v: Double($0) * 1.1) }, of: 1)
    var seed: UInt64 = 1
    for cut in 0..<block.bytes.count { _ = read(Array(block.bytes.prefix(cut))) }
    for _ in 0..<5000 {
      var bytes = block.bytes
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes[Int((seed >> 33) % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: seed >> 24)
      _ = read(bytes)
      LabelBlock.read(bytes) { _, _ in }
    }
  }

  @Test func labelsComeBack() {
    let all = [
      Labels(["__name__": "up", "a\u{0}☃": ""]), Labels.empty,
      Labels(["x": String(repeating: "é", count: 300)]),
    ]
    var block = LabelBlock()
    for (number, labels) in all.enumerated() { block.add(labels, as: UInt32(number)) }
    var found: [Labels] = []
    LabelBlock.read(block.bytes) { found.append($1) }
    #expect(found == all)
    LabelBlock.read(Array(block.bytes.dropLast())) { number, _ in #expect(number < 2) }
  }
}
