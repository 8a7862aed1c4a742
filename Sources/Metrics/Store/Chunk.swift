import Synchronization

/// A buffer of points that only grows, shared by a store and its copies.
///
/// A copy of the store sees the first `n` points that were there when it was taken and never reads further,
/// so the original can go on appending behind them. `claimed` decides who may write a slot: of two copies
/// that both want to append, the second makes its own buffer.
final class Chunk: @unchecked Sendable {
  // Unchecked: slots below a reader's count are never written again; a slot is written once, by whoever claimed it.
  let capacity: Int
  private let points: UnsafeMutablePointer<Point>
  private let claimed: Atomic<Int>

  /// The chunk of a series without points; it has no room.
  static let none = Chunk(capacity: 0)

  init(capacity: Int) {
    self.capacity = max(0, capacity)
    points = .allocate(capacity: self.capacity)
    claimed = Atomic(0)
  }

  /// A new chunk of `capacity` that begins with the first `count` points of another.
  init(copying other: Chunk, count: Int, capacity: Int) {
    self.capacity = max(0, capacity)
    points = .allocate(capacity: self.capacity)
    let copied = min(count, self.capacity)
    points.initialize(from: other.points, count: copied)
    claimed = Atomic(copied)
  }

  deinit { points.deallocate() }

  /// Writes `point` as number `count`, unless the chunk is full or that slot belongs to another copy.
  func append(_ point: Point, after count: Int) -> Bool {
    guard count < capacity,
      claimed.compareExchange(expected: count, desired: count + 1, ordering: .relaxed).exchanged
    else { return false }
    (points + count).initialize(to: point)
    return true
  }

  /// The first `count` points; valid while the chunk lives.
  @inline(__always) func first(_ count: Int) -> UnsafeBufferPointer<Point> {
    UnsafeBufferPointer(start: points, count: min(count, capacity))
  }
}
