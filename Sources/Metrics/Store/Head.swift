/// What a series has besides its newest point: its sealed chunks, and room for points that are plain.
///
/// Shared by a store and its copies. The points only grow: a copy sees those that were there when it was taken, and
/// only the page that was given the right to may write behind them.
final class Head: ManagedBuffer<Head.Sealed, Point> {
  /// Compressed chunks, oldest first.
  struct Sealed {
    var chunks: SealedChunks
  }

  static func make(_ chunks: SealedChunks, capacity: Int) -> Head {
    let made = Head.create(minimumCapacity: capacity) { _ in Sealed(chunks: chunks) }
    return unsafeDowncast(made, to: Head.self)
  }

  var chunks: SealedChunks { header.chunks }

  @inline(__always) var points: UnsafeMutablePointer<Point> {
    withUnsafeMutablePointerToElements { $0 }
  }
}
