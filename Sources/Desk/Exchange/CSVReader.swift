/// Cuts bytes into the records of a CSV file (RFC 4180), however they come in pieces. Holds one record at a time.
package struct CSVReader: Sendable {
  package struct Record: Equatable, Sendable {
    /// 1 for the first record.
    package let row: Int
    /// The line of the file on which it begins.
    package let line: Int
    package let fields: [String]
    /// Why it is none, and in which field, 1 for the first.
    package let mistake: (what: String, column: Int)?

    package static func == (a: Self, b: Self) -> Bool {
      a.row == b.row && a.line == b.line && a.fields == b.fields && a.mistake?.what == b.mistake?.what
        && a.mistake?.column == b.mistake?.column
    }
  }

  private enum Place { case start, plain, quoted, behindQuote }

  /// Bytes of a field at most: behind a quotation mark that is missing, the rest of a file is one field.
  package static let longestField = 1 << 20
  private static let mostFields = 1000

  /// `,` `;` or a tab; found in the first record when it is not given.
  private var separator: UInt8?
  private var place = Place.start
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var mistake: (what: String, column: Int)?
  private var row = 1
  private var line = 1
  private var begin = 1
  private var hasBytes = false
  /// The first line, while nobody knows what separates.
  private var head: [UInt8]? = []
  private var isHeadQuoted = false

  package init(separator: Character? = nil) {
    self.separator = separator?.asciiValue
    if self.separator != nil { head = nil }
  }

  /// The records that end in these bytes.
  package mutating func read(_ bytes: some Sequence<UInt8>) -> [Record] {
    var records: [Record] = []
    for byte in bytes {
      guard var waiting = head else {
        step(byte, &records)
        continue
      }
      waiting.append(byte)
      if byte == UInt8(ascii: "\"") { isHeadQuoted.toggle() }
      head = waiting
      if byte == 0x0A && !isHeadQuoted || waiting.count > Self.longestField { beginBody(&records) }
    }
    return records
  }

  /// The record that the file's end ends, if there is one.
  package mutating func finish() -> [Record] {
    var records: [Record] = []
    if head != nil { beginBody(&records) }
    if place == .quoted { fail("a quotation mark is missing: the file ends within a field") }
    if hasBytes || !fields.isEmpty || !field.isEmpty || mistake != nil { end(&records) }
    return records
  }

  private mutating func beginBody(_ records: inout [Record]) {
    var waiting = head ?? []
    head = nil
    if waiting.starts(with: [0xEF, 0xBB, 0xBF]) { waiting.removeFirst(3) }
    separator = Self.separator(of: waiting)
    for byte in waiting { step(byte, &records) }
  }

  /// Whichever stands most often in it, outside quotation marks.
  private static func separator(of head: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in head {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let all = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return all.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? UInt8(ascii: ",")
  }

  private mutating func step(_ byte: UInt8, _ records: inout [Record]) {
    if byte == 0x0A { line += 1 }
    switch place {
    case .quoted:
      if byte == UInt8(ascii: "\"") { place = .behindQuote } else { append(byte) }
      return
    case .behindQuote where byte == UInt8(ascii: "\""):
      append(byte)
      place = .quoted
      return
    default: break
    }
    switch byte {
    case separator:
      endField()
    case 0x0A:
      if hasBytes || !fields.isEmpty { end(&records) } else { begin = line }
      return
    case 0x0D: return
    case UInt8(ascii: "\"") where place == .start: place = .quoted
    case _ where place == .behindQuote:
      fail("something stands behind the quotation mark that ends a field")
    default:
      place = .plain
      append(byte)
    }
    hasBytes = true
  }

  private mutating func append(_ byte: UInt8) {
    guard field.count < Self.longestField else {
      return fail("a field is longer than 1 MiB; is a quotation mark missing?")
    }
    field.append(byte)
  }

  private mutating func fail(_ what: String) {
    if mistake == nil { mistake = (what, fields.count + 1) }
  }

  private mutating func endField() {
    if fields.count >= Self.mostFields { fail("there are more than \(Self.mostFields) fields") }
    guard fields.count < Self.mostFields else { return field.removeAll() }
    if let text = String(validating: field, as: UTF8.self) {
      fields.append(text)
    } else {
      fail("a field is not UTF-8")
      fields.append("")
    }
    field.removeAll(keepingCapacity: true)
    place = .start
  }

  private mutating func end(_ records: inout [Record]) {
    endField()
    records.append(Record(row: row, line: begin, fields: fields, mistake: mistake))
    row += 1
    begin = line
    fields = []
    mistake = nil
    place = .start
    hasBytes = false
  }
}
