/// Compresses up to 255 samples of one series, exactly: every bit of every value comes back.
///
/// Timestamps by the differences of their differences (Gorilla, VLDB 2015, section 4.1.1). Values by whichever of
/// ``ValueCode`` takes the fewest bits: counters are whole numbers that grow almost steadily, most gauges have few
/// decimals, and the sums of floats lie on a line but for their last bits. Values that are not finite, stale markers
/// among them, stand apart when they are few.
struct ChunkEncoder {
  private static let exceptionLimit = 8

  private let points: UnsafeBufferPointer<Point>
  private var writer = BitWriter()

  /// Writes the samples as one chunk; times must rise, and there must be 1 to 255 of them.
  static func encode(_ points: UnsafeBufferPointer<Point>, to writer: inout BitWriter) {
    var encoder = ChunkEncoder(points: points)
    encoder.writer.bytes.reserveCapacity(256)
    encoder.writeTimes()
    encoder.writeValues()
    ChunkHeader.write(points, body: encoder.writer.bytes, to: &writer)
  }

  private init(points: UnsafeBufferPointer<Point>) { self.points = points }

  private mutating func writeTimes() {
    guard points.count > 1 else { return }
    writer.number(UInt64(bitPattern: points[1].t &- points[0].t))
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: points.count) { numbers in
      for index in 2..<max(2, points.count) {
        let before = points[index &- 1].t &- points[index &- 2].t
        numbers[index &- 2] = (points[index].t &- points[index &- 1].t &- before).zigzag
      }
      let numbers = UnsafeBufferPointer(rebasing: numbers[0..<max(0, points.count &- 2)])
      ResidualCode(for: numbers).write(numbers, to: &writer)
    }
  }

  private mutating func writeValues() {
    let first = points[0].v.bitPattern
    if points.allSatisfy({ $0.v.bitPattern == first }) {
      writer.byte(ValueCode.constant.rawValue)
      writer.word(first)
      return
    }
    let odd = points.count { !$0.v.isFinite }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: points.count) { values in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: points.count &* 2) { wholes in
        var last = points.first { $0.v.isFinite }?.v ?? 0
        let setsApart = odd <= Self.exceptionLimit
        for index in points.indices {
          if !setsApart || points[index].v.isFinite { last = points[index].v }
          values[index] = last
        }
        if setsApart, let (power, isExact) = Self.scale(UnsafeBufferPointer(values), into: wholes) {
          let scaled = UnsafeBufferPointer(rebasing: wholes[0..<points.count])
          let hint = UInt8(truncatingIfNeeded: power) | (isExact ? 0 : ValueCode.hasDistances)
          writeWholes(scaled, decimals: hint, exceptions: odd)
          if !isExact { writeDistances(UnsafeBufferPointer(rebasing: wholes[points.count...])) }
        } else {
          writeBits(
            UnsafeBufferPointer(values), wholes, exceptions: setsApart ? odd : 0,
            mayPredict: setsApart)
        }
        if setsApart { writeExceptions() }
      }
    }
  }

  /// The values as whole numbers with their distances behind them, and the power of ten they were scaled by; nil when
  /// no small one will do.
  private static func scale(
    _ values: UnsafeBufferPointer<Double>, into wholes: UnsafeMutableBufferPointer<Int64>
  ) -> (power: Int, isExact: Bool)? {
    var power = 0
    for value in values {
      while ValueCode.whole(value, power: power) == nil {
        power += 1
        guard power < ValueCode.powers.count else { return nil }
      }
    }
    var isExact = true
    for index in values.indices {
      guard let found = ValueCode.whole(values[index], power: power) else { return nil }
      wholes[index] = found.whole
      wholes[values.count &+ index] = found.distance
      isExact = isExact && found.distance == 0
    }
    return (power, isExact)
  }

  private mutating func writeWholes(
    _ wholes: UnsafeBufferPointer<Int64>, decimals: UInt8, exceptions: Int
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wholes.count &* 2) { numbers in
      let count = wholes.count
      // Bytes that come in pages, time that comes in ticks: what all differences can be divided by costs nothing.
      var common: UInt64 = 0
      for index in 1..<count { common |= UInt64(bitPattern: wholes[index] &- wholes[index &- 1]) }
      let shift = Int64(common.trailingZeroBitCount & 63)
      for index in 1..<count {
        numbers[index &- 1] = ((wholes[index] &- wholes[index &- 1]) &>> shift).zigzag
      }
      for index in 2..<max(2, count) {
        let before = (wholes[index &- 1] &- wholes[index &- 2]) &>> shift
        numbers[count &+ index &- 2] =
          (((wholes[index] &- wholes[index &- 1]) &>> shift) &- before).zigzag
      }
      let singles = UnsafeBufferPointer(rebasing: numbers[0..<(count &- 1)])
      let doubles = UnsafeBufferPointer(rebasing: numbers[count..<(count &+ max(0, count &- 2))])
      let single = ResidualCode(for: singles)
      let double = ResidualCode(for: doubles)
      let isSteady = double.bitCount &+ 16 < single.bitCount
      writeHead(
        isSteady ? .secondDifference : .difference, exceptions: exceptions, shift: Int(shift))
      writer.byte(decimals)
      writer.signed(wholes[0])
      if isSteady {
        writer.number(singles[0])
        double.write(doubles, to: &writer)
      } else {
        single.write(singles, to: &writer)
      }
    }
  }

  private mutating func writeDistances(_ distances: UnsafeBufferPointer<Int64>) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: distances.count) { numbers in
      for index in distances.indices { numbers[index] = distances[index].zigzag }
      let numbers = UnsafeBufferPointer(numbers)
      ResidualCode(for: numbers).write(numbers, to: &writer)
    }
  }

  private mutating func writeBits(
    _ values: UnsafeBufferPointer<Double>, _ scratch: UnsafeMutableBufferPointer<Int64>,
    exceptions: Int,
    mayPredict: Bool
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: values.count &* 2) { numbers in
      let count = values.count
      var common: UInt64 = 0
      for index in 1..<count {
        let distance = Int64(bitPattern: values[index].bitPattern &- values[index &- 1].bitPattern)
        scratch[index] = distance
        common |= UInt64(bitPattern: distance)
      }
      let shift = Int64(common.trailingZeroBitCount & 63)
      for index in 1..<count { numbers[index &- 1] = (scratch[index] &>> shift).zigzag }
      for index in 2..<max(2, count) {
        let predicted = ValueCode.predicted(values[index &- 2], values[index &- 1])
        numbers[count &+ index &- 2] =
          Int64(bitPattern: values[index].bitPattern &- predicted.bitPattern).zigzag
      }
      let singles = UnsafeBufferPointer(rebasing: numbers[0..<(count &- 1)])
      let lines = UnsafeBufferPointer(rebasing: numbers[count..<(count &+ max(0, count &- 2))])
      let single = ResidualCode(for: singles)
      let line = ResidualCode(for: lines)
      if mayPredict, line.bitCount &+ 64 < single.bitCount {
        writeHead(.line, exceptions: exceptions, shift: 0)
        writer.word(values[0].bitPattern)
        writer.word(values[1].bitPattern)
        line.write(lines, to: &writer)
      } else {
        writeHead(.bits, exceptions: exceptions, shift: Int(shift))
        writer.word(values[0].bitPattern)
        single.write(singles, to: &writer)
      }
    }
  }

  /// The code, the number of values that stand apart, and the zeros at the end of every difference.
  private mutating func writeHead(_ code: ValueCode, exceptions: Int, shift: Int) {
    writer.byte(code.rawValue | UInt8(truncatingIfNeeded: exceptions) << 3)
    writer.byte(UInt8(truncatingIfNeeded: shift))
  }

  private mutating func writeExceptions() {
    for index in points.indices where !points[index].v.isFinite {
      writer.byte(UInt8(truncatingIfNeeded: index))
      writer.word(points[index].v.bitPattern)
    }
  }
}
