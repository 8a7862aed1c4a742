import Testing
import Values

@Suite struct DigitTextTests {
  @Test(arguments: [
    0, 1, 3, 7, 9, 10, 42, 99, 100, 999, 1000, 9999, 10_000, 123_456, -1, -42, Int.max, Int.min,
  ])
  func numbersArePadded(_ number: Int) {
    for width in 0...6 {
      var text = DigitText()
      text.add(number, width: width)
      #expect(text.text == number.padded(width))
    }
  }

  @Test(
    arguments: [0, 1_795_230_513_120, -1, -62_135_596_800_000, 253_402_300_799_999, 300_000_000_000_000]
      as [Int64])
  func instantsAreAsTheirParts(_ milliseconds: Int64) {
    let instant = Instant(milliseconds: milliseconds)
    let t = CivilTime(instant)
    let date = "\(t.year.padded(4))-\(t.month.padded(2))-\(t.day.padded(2))"
    let clock = "\(t.hour.padded(2)):\(t.minute.padded(2)):\(t.second.padded(2))"
    #expect(instant.rfc3339 == "\(date)T\(clock).\(t.millisecond.padded(3))Z")
    #expect(instant.dateClockUTC == "\(date) \(clock)Z")
    #expect(instant.clockUTC == "\(clock)Z")
  }
}
