import Synchronization

/// The samples of 256 series, in columns: what a store copies when it goes on after it was copied itself.
///
/// The newest point stands in the page; a series with only one has no memory of its own. Up to 16 points are plain,
/// in the series' head, the newest among them; older ones are sealed.
final class Page: @unchecked Sendable {
  // Unchecked: a page is written only by a store that alone refers to it.

  static let size = 256
  /// No series has more plain points.
  static let plainLimit = 16

  /// A page that nobody writes to.
  static let none = Page()

  private let memory: UnsafeMutableRawPointer
  /// The newest point's time and value.
  let times: UnsafeMutablePointer<Int64>
  let values: UnsafeMutablePointer<Double>
  let heads: UnsafeMutablePointer<Unmanaged<Head>?>
  /// How many points are plain. A series with none and without a head has no points.
  let counts: UnsafeMutablePointer<UInt8>
  /// How many plain points the head has room for; 0 when this page must not write to it.
  let rooms: UnsafeMutablePointer<UInt8>
  /// Nothing in the page is older: the earliest newest point and the earliest end of a sealed chunk. May be too early.
  var oldest: Int64 = .max
  /// Whether this page may write to the heads behind its counts: of several copies, one.
  private let mayWrite: Atomic<Bool>

  init() {
    let size = Self.size
    memory = .allocate(byteCount: size * 26, alignment: 16)
    times = memory.bindMemory(to: Int64.self, capacity: size)
    values = (memory + size * 8).bindMemory(to: Double.self, capacity: size)
    heads = (memory + size * 16).bindMemory(to: Unmanaged<Head>?.self, capacity: size)
    counts = (memory + size * 24).bindMemory(to: UInt8.self, capacity: size)
    rooms = (memory + size * 25).bindMemory(to: UInt8.self, capacity: size)
    mayWrite = Atomic(true)
    heads.initialize(repeating: nil, count: size)
    counts.initialize(repeating: 0, count: size * 2)
  }

  /// A copy that takes over the right to write, when it is still there to take.
  init(taking other: Page) {
    let size = Self.size
    memory = .allocate(byteCount: size * 26, alignment: 16)
    memory.copyMemory(from: other.memory, byteCount: size * 26)
    times = memory.bindMemory(to: Int64.self, capacity: size)
    values = (memory + size * 8).bindMemory(to: Double.self, capacity: size)
    heads = (memory + size * 16).bindMemory(to: Unmanaged<Head>?.self, capacity: size)
    counts = (memory + size * 24).bindMemory(to: UInt8.self, capacity: size)
    rooms = (memory + size * 25).bindMemory(to: UInt8.self, capacity: size)
    oldest = other.oldest
    mayWrite = Atomic(true)
    for slot in 0..<size { _ = heads[slot]?.retain() }
    if !other.mayWrite.exchange(false, ordering: .acquiringAndReleasing) {
      rooms.initialize(repeating: 0, count: size)
    }
  }

  deinit {
    for slot in 0..<Self.size { heads[slot]?.release() }
    memory.deallocate()
  }

  /// Whether a store that alone refers to the page may write to it; false when the right to was taken from it.
  var isWritable: Bool { mayWrite.load(ordering: .acquiring) }

  func hasPoints(_ slot: Int) -> Bool { counts[slot] > 0 || heads[slot] != nil }

  /// Forgets a series.
  func clear(_ slot: Int) {
    heads[slot]?.release()
    heads[slot] = nil
    counts[slot] = 0
    rooms[slot] = 0
  }
}
