/// Text of digits and signs, written without a string for every part of it: an export writes one for each event.
package struct DigitText {
  private var bytes: [UInt8] = []

  package init() { bytes.reserveCapacity(32) }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// As ``Swift/Int/padded(_:)``.
  package mutating func add(_ number: Int, width: Int) {
    guard number >= 0, number < 10_000, width <= 4 else {
      bytes += number.padded(width).utf8
      return
    }
    var divisor = 1000
    for place in (0..<4).reversed() {
      // Zeros before the number, but for those that pad it.
      if number >= divisor || place < max(width, 1) {
        bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      }
      divisor /= 10
    }
  }

  /// - Parameter sign: an ASCII one.
  package mutating func add(_ sign: Unicode.Scalar) { bytes.append(UInt8(truncatingIfNeeded: sign.value)) }

  /// `2026-11-21`.
  package mutating func addDate(_ time: CivilTime) {
    add(time.year, width: 4)
    add("-")
    add(time.month, width: 2)
    add("-")
    add(time.day, width: 2)
  }

  /// `03:08:33`.
  package mutating func addClock(_ time: CivilTime) {
    add(time.hour, width: 2)
    add(":")
    add(time.minute, width: 2)
    add(":")
    add(time.second, width: 2)
  }
}
