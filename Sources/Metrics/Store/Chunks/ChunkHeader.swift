/// What stands before a chunk's samples: how many they are, from when to when, and how many bytes follow.
struct ChunkHeader {
  /// More samples than this no chunk has; also the most that a damaged one can pretend to have.
  static let limit = 255

  let count: Int
  let start: Int64
  let end: Int64
  /// Where the chunk begins, where its samples begin, and where the next chunk begins.
  let offset: Int
  let body: Int
  let next: Int

  /// Reads the header at `offset`; nil at the end, and where no chunk can be.
  init?(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    guard offset < bytes.count else { return nil }
    var reader = BitReader(bytes, from: offset)
    let size = Int(truncatingIfNeeded: reader.number() & 0xff_ffff)
    let body = reader.offset
    count = Int(reader.byte())
    start = reader.signed()
    end = start &+ Int64(bitPattern: reader.number())
    self.offset = offset
    self.body = reader.offset
    next = body &+ size
    guard count > 0, end >= start, next > self.body, next <= bytes.count else { return nil }
  }

  static func write(_ points: UnsafeBufferPointer<Point>, body: [UInt8], to writer: inout BitWriter) {
    guard let first = points.first, let last = points.last else { return }
    var header = BitWriter()
    header.byte(UInt8(truncatingIfNeeded: points.count))
    header.signed(first.t)
    header.number(UInt64(bitPattern: last.t &- first.t))
    writer.number(UInt64(header.bytes.count &+ body.count))
    writer.bytes += header.bytes
    writer.bytes += body
  }
}
