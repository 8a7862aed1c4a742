/// Reads chunks. Whatever the bytes hold, nothing traps and no more than the header's count of points comes out; what
/// ``ChunkEncoder`` wrote comes back bit for bit.
enum ChunkDecoder {
  /// Writes the chunk's `count` points to `points`.
  static func decode(
    _ chunk: ChunkHeader, of bytes: UnsafeRawBufferPointer, to points: UnsafeMutablePointer<Point>
  ) {
    var reader = BitReader(UnsafeRawBufferPointer(rebasing: bytes[..<chunk.next]), from: chunk.body)
    readTimes(chunk, from: &reader, to: points)
    readValues(chunk, from: &reader, to: points)
  }

  /// Calls `body` with the chunk's points, which are kept only for that long.
  @inline(__always)
  static func withPoints<Result>(
    _ chunk: ChunkHeader, of bytes: UnsafeRawBufferPointer, _ body: (UnsafeBufferPointer<Point>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: Point.self, capacity: chunk.count) { decoded in
      if let base = decoded.baseAddress { decode(chunk, of: bytes, to: base) }
      return body(UnsafeBufferPointer(decoded))
    }
  }

  private static func readTimes(
    _ chunk: ChunkHeader, from reader: inout BitReader, to points: UnsafeMutablePointer<Point>
  ) {
    var time = chunk.start
    points.initialize(to: Point(t: time, v: 0))
    guard chunk.count > 1 else { return }
    var delta = Int64(bitPattern: reader.number())
    time &+= delta
    (points + 1).initialize(to: Point(t: time, v: 0))
    var next = points + 2
    ResidualCode(reading: &reader).read(chunk.count &- 2, from: &reader) { number in
      delta &+= Int64(zigzag: number)
      time &+= delta
      next.initialize(to: Point(t: time, v: 0))
      next += 1
    }
  }

  private static func readValues(
    _ chunk: ChunkHeader, from reader: inout BitReader, to points: UnsafeMutablePointer<Point>
  ) {
    let head = reader.byte()
    guard let code = ValueCode(rawValue: head & 7) else { return }
    if code == .constant {
      let value = Double(bitPattern: reader.word())
      for index in 0..<chunk.count { points[index].v = value }
      return
    }
    let shift = Int64(reader.byte() & 63)
    switch code {
    case .constant: break
    case .difference, .secondDifference:
      readWholes(
        chunk.count, shift: shift, isSteady: code == .secondDifference, from: &reader, to: points)
    case .bits: readBits(chunk.count, shift: shift, from: &reader, to: points)
    case .line: readLine(chunk.count, from: &reader, to: points)
    }
    for _ in 0..<(head >> 3) {
      let index = Int(reader.byte())
      let value = Double(bitPattern: reader.word())
      if index < chunk.count { points[index].v = value }
    }
  }

  private static func readWholes(
    _ count: Int, shift: Int64, isSteady: Bool, from reader: inout BitReader,
    to points: UnsafeMutablePointer<Point>
  ) {
    let decimals = reader.byte()
    let power = Int(decimals & ~ValueCode.hasDistances)
    let divisor = power < ValueCode.powers.count ? ValueCode.powers[power] : 1
    var whole = reader.signed()
    points[0].v = Double(whole) / divisor
    var delta: Int64 = 0
    var next = points + 1
    var left = count &- 1
    if isSteady, left > 0 {
      delta = Int64(zigzag: reader.number())
      whole &+= delta &<< shift
      next.pointee.v = Double(whole) / divisor
      next += 1
      left &-= 1
    }
    let code = ResidualCode(reading: &reader)
    if isSteady, power == 0 {
      code.read(left, from: &reader) { number in
        delta &+= Int64(zigzag: number)
        whole &+= delta &<< shift
        next.pointee.v = Double(whole)
        next += 1
      }
    } else if isSteady {
      code.read(left, from: &reader) { number in
        delta &+= Int64(zigzag: number)
        whole &+= delta &<< shift
        next.pointee.v = Double(whole) / divisor
        next += 1
      }
    } else {
      code.read(left, from: &reader) { number in
        whole &+= Int64(zigzag: number) &<< shift
        next.pointee.v = Double(whole) / divisor
        next += 1
      }
    }
    if decimals & ValueCode.hasDistances != 0 { readDistances(count, from: &reader, to: points) }
  }

  /// Moves values to the bit patterns beside them.
  private static func readDistances(
    _ count: Int, from reader: inout BitReader, to points: UnsafeMutablePointer<Point>
  ) {
    var next = points
    ResidualCode(reading: &reader).read(count, from: &reader) { number in
      next.pointee.v = Double(
        bitPattern: next.pointee.v.bitPattern &+ UInt64(bitPattern: Int64(zigzag: number)))
      next += 1
    }
  }

  private static func readBits(
    _ count: Int, shift: Int64, from reader: inout BitReader, to points: UnsafeMutablePointer<Point>
  ) {
    var bits = reader.word()
    points[0].v = Double(bitPattern: bits)
    var next = points + 1
    ResidualCode(reading: &reader).read(count &- 1, from: &reader) { number in
      bits &+= UInt64(bitPattern: Int64(zigzag: number) &<< shift)
      next.pointee.v = Double(bitPattern: bits)
      next += 1
    }
  }

  private static func readLine(
    _ count: Int, from reader: inout BitReader, to points: UnsafeMutablePointer<Point>
  ) {
    var before = Double(bitPattern: reader.word())
    points[0].v = before
    guard count > 1 else { return }
    var last = Double(bitPattern: reader.word())
    points[1].v = last
    var next = points + 2
    ResidualCode(reading: &reader).read(count &- 2, from: &reader) { number in
      let predicted = ValueCode.predicted(before, last)
      before = last
      last = Double(bitPattern: predicted.bitPattern &+ UInt64(bitPattern: Int64(zigzag: number)))
      next.pointee.v = last
      next += 1
    }
  }
}
