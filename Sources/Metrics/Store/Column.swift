internal import Glibc

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
