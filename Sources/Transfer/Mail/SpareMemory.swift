internal import CTransfer
internal import Glibc

/// What this process holds of memory and does not use.
package enum SpareMemory {
  /// Gives free memory of the heap back to the system: threads that work now and then, each from a heap of its own,
  /// leave holes that nobody else fills. A few milliseconds, during which allocations may wait.
  package static func giveBackHeap() { ctransfer_trim_heap() }

  /// Has large pieces go back as soon as they are freed: bodies of megabytes come and go, and what one thread's heap
  /// keeps of them serves no other. For the whole process, before its threads begin.
  package static func keepLittle() { ctransfer_keep_little(1 << 20) }

  /// Lets go of the pages of code: starting takes twice as much of it as staying. What is needed again comes back
  /// from the page cache, a fault for 64 KiB, and nothing is read from the disk but what that has dropped.
  package static func giveBackCode() {
    guard let file = fopen("/proc/self/maps", "r") else { return }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      guard
        let code = codeRange(
          in: String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)),
        let start = UnsafeMutableRawPointer(bitPattern: code.lowerBound)
      else { continue }
      madvise(start, code.count, MADV_DONTNEED)
    }
  }

  /// The addresses of `55d8a4400000-55d8a86a3000 r-xp 0046c000 fe:00 1311 /usr/bin/midwatch`, if they are code of a
  /// file that nobody writes to; nil for all else that the kernel lists.
  static func codeRange(in line: String) -> Range<UInt>? {
    let fields = line.split(maxSplits: 5) { $0 == " " || $0 == "\n" }
    guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }).hasPrefix("/") else {
      return nil
    }
    let ends = fields[0].split(separator: "-").map { UInt($0, radix: 16) }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
    return start..<end
  }
}
