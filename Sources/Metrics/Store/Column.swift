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

/// A growing buffer of plain values that belongs to one owner: no reference count and no check for uniqueness
/// on the way to an element, and copied only where the owner says so.
///
/// Its indices come from its owner's own numbers, never from outside data.
struct Column<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count: Int
  private var capacity: Int

  init(capacity: Int = 0) {
    self.capacity = max(0, capacity)
    base = Memory.allocate(self.capacity)
    count = 0
  }

  /// A copy with its own memory.
  init(copying other: borrowing Column) {
    self.init(capacity: other.count)
    base.initialize(from: other.base, count: other.count)
    count = other.count
  }

  deinit { free(base) }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  /// Makes room for `more` elements; amortised like an array's growth.
  @inline(__always) mutating func reserve(_ more: Int) {
    if count &+ more > capacity { grow(to: count &+ more) }
  }

  @inline(__always) mutating func append(_ element: Element) {
    reserve(1)
    (base + count).initialize(to: element)
    count &+= 1
  }

  mutating func append(from other: UnsafePointer<Element>, count more: Int) {
    reserve(more)
    (base + count).initialize(from: other, count: more)
    count &+= more
  }

  /// Forgets all elements, and keeps their room.
  @inline(__always) mutating func removeAll() { count = 0 }

  private mutating func grow(to needed: Int) {
    capacity = max(needed, capacity &* 3 / 2, 8)
    base = Memory.resize(base, to: capacity)
  }
}
