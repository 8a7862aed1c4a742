import Glibc
import Testing

@testable import Transfer

@Suite struct SpareMemoryTests {
  @Test(
    arguments: [
      (
        "55d8a4400000-55d8a86a3000 r-xp 0046c000 fe:00 1311   /usr/bin/midwatch\n",
        0x55d8_a440_0000..<0x55d8_a86a_3000
      ),
      (
        "7f0000000000-7f0000001000 r-xp 00000000 fe:00 7 /opt/a folder/lib.so\n",
        0x7f00_0000_0000..<0x7f00_0000_1000
      ),
      ("55d8a4400000-55d8a86a3000 r--p 0046c000 fe:00 1311 /usr/bin/midwatch\n", nil),
      ("55d8a4400000-55d8a86a3000 rw-p 0046c000 fe:00 1311 /usr/bin/midwatch\n", nil),
      ("55d8a4400000-55d8a86a3000 rwxp 0046c000 fe:00 1311 /usr/bin/midwatch\n", nil),
      ("7f0000000000-7f0000001000 r-xp 00000000 00:00 0\n", nil),
      ("7ffd00000000-7ffd00001000 r-xp 00000000 00:00 0 [vdso]\n", nil),
      ("7f0000001000-7f0000000000 r-xp 00000000 fe:00 7 /lib/libc.so.6\n", nil),
      ("7f00000000000000000-7f r-xp 00000000 fe:00 7 /lib/libc.so.6\n", nil),
      ("-7f0000000000 r-xp 00000000 fe:00 7 /lib/libc.so.6\n", nil),
      ("", nil),
    ] as [(String, Range<UInt>?)])
  func onlyCodeOfFilesIsGivenBack(line: String, range: Range<UInt>?) {
    #expect(SpareMemory.codeRange(in: line) == range)
  }

  @Test func whatIsGivenBackIsThereWhenItIsUsedAgain() throws {
    var held = (0..<1000).map { [UInt8](repeating: UInt8($0 % 256), count: 5000) }
    held.remove(at: 500)
    SpareMemory.giveBackHeap()
    SpareMemory.giveBackCode()
    #expect(held.count == 999)
    for (place, bytes) in held.enumerated() {
      let number = place < 500 ? place : place + 1
      #expect(bytes.count == 5000 && bytes.allSatisfy { Int($0) == number % 256 })
    }
  }
}
