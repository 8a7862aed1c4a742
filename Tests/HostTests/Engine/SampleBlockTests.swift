import Host
import Metrics
import Testing

@Suite struct SampleBlockTests {
  private static let entries: [(UInt32, [UInt8])] = [
    (7, [1, 2, 3]), (8, []), (4096, [UInt8](repeating: 9, count: 300)), (3, [0]), (.max, [255]),
  ]

  private static func block() -> [UInt8] {
    var block = SampleBlock()
    for (number, bytes) in entries { block.add(bytes, of: number) }
    return block.sealed()
  }

  @Test func partsComeBackByTheirNumbers() {
    let bytes = Self.block()
    let parts = SampleBlock.parts(of: bytes)
    #expect(parts.map(\.series) == Self.entries.map(\.0))
    #expect(parts.map { Array(bytes[$0.place]) } == Self.entries.map(\.1))
    #expect(SampleBlock.parts(of: SampleBlock().sealed()).isEmpty)
  }

  @Test func whatIsCutOrDamagedHasNone() {
    let bytes = Self.block()
    for count in 0..<bytes.count { #expect(SampleBlock.parts(of: Array(bytes[..<count])).isEmpty) }
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(SampleBlock.parts(of: damaged).isEmpty)
    }
  }

  @Test func labelsComeBack() {
    let all = [
      Labels(["__name__": "up", "job": "a\"\\\n☃"]), Labels(["__name__": "up"]), Labels([:]),
    ]
    for labels in all {
      var bytes: [UInt8] = []
      LabelBytes.write(labels, to: &bytes)
      let around = [7] + bytes + [7]
      #expect(LabelBytes.read(around[1..<(around.count - 1)]) == labels)
      for count in 0..<bytes.count { #expect(LabelBytes.read(bytes[..<count]) == nil) }
    }
    #expect(LabelBytes.read([UInt8](repeating: 255, count: 40)[...]) == nil)
  }
}
