/// All series that a memory has numbered, as they were written: shared with the memory, not copied.
package struct SeriesCatalogue: Sendable {
  /// The page, or what is kept of several.
  var bytes: [UInt8] = []
  /// By number; as long as there was only one page, all its lines, of which the samples are numbered.
  var keys: [PageLine] = []
  var format = Exposition.Format.prometheusText
  package internal(set) var count = 0

  package init() {}

  /// The series from number `first` on. Linear in their number.
  package func texts(from first: Int = 0) -> SeriesTexts {
    guard first > 0 else { return SeriesTexts(bytes: bytes, lines: keys, count: count, format: format) }
    let lines = Array(keys.lazy.filter(\.isSample).dropFirst(first))
    return SeriesTexts(bytes: bytes, lines: lines, count: lines.count, format: format)
  }

  /// Leaves only the series in ``keys``, so that a number is an index.
  mutating func dropOtherLines() {
    if keys.count != count { keys.removeAll { !$0.isSample } }
  }

  /// A hash of what a series' line says.
  func hash(of key: PageLine) -> UInt64 {
    bytes.withUnsafeBytes { buffer in
      ByteView(buffer)?.hash(of: key.bounds, Int(key.start), key.length) ?? 0
    }
  }

  /// Whether a series' line says the same as a line of a page.
  @inline(__always) func isSame(
    _ number: Int, in page: ByteView, _ start: Int, _ length: Int, _ bounds: BoundLabel
  ) -> Bool {
    guard number < keys.count, keys[number].length == length, keys[number].bounds == bounds else {
      return false
    }
    return bytes.withUnsafeBytes { buffer in
      ByteView(buffer)?.equals(at: Int(keys[number].start), page, at: start, length: length) ?? false
    }
  }
}

extension ByteView {
  @inline(__always) func hash(of bounds: BoundLabel, _ start: Int, _ count: Int) -> UInt64 {
    hash(start, count) &+ UInt64(bounds.rawValue) &* 0x9e37_79b9_7f4a_7c15
  }
}
