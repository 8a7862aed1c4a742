import TestSupport
import Testing

@testable import Playbooks

@Suite struct ByteWordsTests {
  @Test func theyFindWhatAPlainSearchFinds() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<5000 {
      let count = Int(random.next() % 40)
      let isPlain = random.next() % 2 == 0
      var bytes = (0..<count).map { _ in
        isPlain ? UInt8(0x20 + random.next() % 0x5F) : UInt8(random.next() % 256)
      }
      if count > 0, random.next() % 4 == 0 {
        bytes[Int(random.next() % UInt64(count))] =
          [0x0A, 0x1F, 0x7F, 0x80, 0xFF, 0x0B, 0x09][Int(random.next() % 7)]
      }
      #expect(bytes.withUnsafeBytes { ByteWords.first(0x0A, in: $0) } == bytes.firstIndex(of: 0x0A))
      #expect(
        bytes.withUnsafeBytes(ByteWords.arePrintable) == bytes.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }
}
