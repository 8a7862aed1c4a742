import Synchronization
import Transfer

/// What the thread of the processes leaves for the thread of the commands: bounded, so that a command that writes
/// faster than we read has to wait.
final class CommandBuffer: Sendable {
  /// What came of one stream before anything came of the other.
  struct Piece: Sendable {
    let isError: Bool
    var bytes: [UInt8]
  }

  private struct Contents {
    var pieces: [Piece] = []
    var bytes = 0
  }

  private static let limit = 512 << 10

  private let contents = Mutex(Contents())

  /// - Returns: whether this is the first since it was emptied, and whether more is wanted.
  func take(_ chunk: Processes.Chunk) -> (isFirst: Bool, wantsMore: Bool) {
    contents.withLock { contents in
      let isFirst = contents.pieces.isEmpty
      contents.bytes += chunk.bytes.count
      // Chunks have much more room than bytes; joined, they have not.
      if let last = contents.pieces.indices.last, contents.pieces[last].isError == chunk.isError {
        contents.pieces[last].bytes += chunk.bytes
      } else {
        contents.pieces.append(Piece(isError: chunk.isError, bytes: Array(chunk.bytes[...])))
      }
      return (isFirst, contents.bytes < Self.limit)
    }
  }

  /// Empties it.
  func drain() -> (pieces: [Piece], wasFull: Bool) {
    contents.withLock { contents in
      defer { contents = Contents() }
      return (contents.pieces, contents.bytes >= Self.limit)
    }
  }
}
