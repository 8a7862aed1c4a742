extension Zone {
  /// Reads a compiled zone file (TZif, RFC 9636): its 64-bit block and the rule behind it where there are,
  /// else the 32-bit block. Nil when the bytes are none.
  package init?(name: String, tzif bytes: [UInt8]) {
    var reader = Bytes(rest: bytes[...])
    guard let header = Header(&reader) else { return nil }
    guard header.version >= 2 else {
      guard let block = Block(header, wide: false, &reader) else { return nil }
      self.init(name: name, first: block.first, changes: block.changes, rule: nil)
      return
    }
    guard reader.skip(header.length(wide: false)), let second = Header(&reader),
      let block = Block(second, wide: true, &reader)
    else { return nil }
    let footer = reader.rest.split(separator: 10, omittingEmptySubsequences: false)
    let text = footer.count > 1 ? String(decoding: footer[1], as: UTF8.self) : ""
    self.init(name: name, first: block.first, changes: block.changes, rule: DaylightRule(text))
  }

  private struct Header {
    let version: UInt8
    let utc, standard, leaps, times, types, characters: Int

    init?(_ reader: inout Bytes) {
      guard reader.rest.starts(with: "TZif".utf8), reader.skip(4), let version = reader.integer(1),
        reader.skip(15)
      else { return nil }
      self.version = version == 0 ? 1 : UInt8(clamping: version - 48)
      var counts: [Int] = []
      for _ in 0..<6 {
        // More than any zone has; what is beyond is no zone file.
        guard let count = reader.integer(4), (0...100_000).contains(count) else { return nil }
        counts.append(Int(count))
      }
      (utc, standard, leaps) = (counts[0], counts[1], counts[2])
      (times, types, characters) = (counts[3], counts[4], counts[5])
    }

    func length(wide: Bool) -> Int {
      let width = wide ? 8 : 4
      return times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standard + utc
    }
  }

  private struct Block {
    let first: Int
    let changes: [Change]

    init?(_ header: Header, wide: Bool, _ reader: inout Bytes) {
      guard header.types > 0, reader.rest.count >= header.length(wide: wide) else { return nil }
      let instants = (0..<header.times).compactMap { _ in reader.integer(wide ? 8 : 4) }
      let which = (0..<header.times).compactMap { _ in reader.integer(1) }
      var offsets: [Int] = []
      var isSummer: [Bool] = []
      for _ in 0..<header.types {
        guard let offset = reader.integer(4), let summer = reader.integer(1), reader.skip(1),
          abs(offset) <= 26 * 3600
        else { return nil }
        offsets.append(Int(offset))
        isSummer.append(summer != 0)
      }
      guard zip(instants, instants.dropFirst()).allSatisfy({ $0 < $1 }),
        which.allSatisfy({ offsets.indices.contains(Int($0)) }),
        reader.skip(
          header.characters + header.leaps * (wide ? 12 : 8) + header.standard + header.utc)
      else { return nil }
      first = offsets[isSummer.firstIndex(of: false) ?? 0]
      changes = zip(instants, which).map { Change(at: $0, offset: offsets[Int($1)]) }
    }
  }

  /// Big-endian numbers from bytes that may end at any place.
  private struct Bytes {
    var rest: ArraySlice<UInt8>

    mutating func skip(_ count: Int) -> Bool {
      guard rest.count >= count else { return false }
      rest = rest.dropFirst(count)
      return true
    }

    /// Signed but for one byte.
    mutating func integer(_ width: Int) -> Int64? {
      guard rest.count >= width else { return nil }
      let value = rest.prefix(width).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      rest = rest.dropFirst(width)
      switch width {
      case 8: return Int64(bitPattern: value)
      case 4: return Int64(Int32(truncatingIfNeeded: value))
      default: return Int64(value)
      }
    }
  }
}
