internal import Glibc

/// Memory of the C library, whose large blocks grow without being copied, and are not touched before they are used.
enum Memory {
  static func allocate<Element: BitwiseCopyable>(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    let size = size(Element.self, capacity)
    return typed(malloc(size), size, capacity)
  }

  /// All bits zero.
  static func allocateZeros<Element: BitwiseCopyable>(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    let size = size(Element.self, capacity)
    return typed(calloc(1, size), size, capacity)
  }

  static func resize<Element: BitwiseCopyable>(
    _ memory: UnsafeMutablePointer<Element>, to capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let size = size(Element.self, capacity)
    return typed(realloc(memory, size), size, capacity)
  }

  private static func size<Element>(_ type: Element.Type, _ capacity: Int) -> Int {
    max(1, capacity * MemoryLayout<Element>.stride)
  }

  /// Large blocks are asked for in huge pages: they are filled soon, and read all over.
  private static func typed<Element>(
    _ memory: UnsafeMutableRawPointer?, _ size: Int, _ capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let memory else { fatalError("There is no memory left.") }
    if size >= 4 << 20 {
      let skipped = (0 &- Int(bitPattern: memory)) & 4095
      madvise(memory + skipped, size - skipped, MADV_HUGEPAGE)
    }
    return memory.bindMemory(to: Element.self, capacity: capacity)
  }
}
