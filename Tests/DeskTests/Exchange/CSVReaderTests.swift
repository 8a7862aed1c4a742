import TestSupport
import Testing
import Values

@testable import Desk

struct CSVReaderTests {
  private func records(_ text: String, piece: Int = .max) -> [CSVReader.Record] {
    var reader = CSVReader()
    var records: [CSVReader.Record] = []
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + min(piece, bytes.count))
      records += reader.read(bytes[start..<end])
      start = end
    }
    return records + reader.finish()
  }

  @Test(arguments: [
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a;b\n\"1;x\";2\n", [["a", "b"], ["1;x", "2"]]),
    ("a\tb\n1\t\n", [["a", "b"], ["1", ""]]),
    ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n\"two\nlines\",\"say \"\"so\"\"\"\n", [["a", "b"], ["two\nlines", "say \"so\""]]),
    ("\"a\nx\",b\n1,2\n", [["a\nx", "b"], ["1", "2"]]),
    ("a,b\n\n\n1,\n", [["a", "b"], ["1", ""]]),
    ("a,b\n\"\",\"\"\n", [["a", "b"], ["", ""]]),
    ("", []),
  ]) func cuts(_ text: String, _ wanted: [[String]]) {
    for piece in [1, 2, 3, .max] { #expect(records(text, piece: piece).map(\.fields) == wanted) }
    #expect(records(text).allSatisfy { $0.mistake == nil })
  }

  @Test func saysWhereItIsWrong() {
    let text = "a,b\n1,\"x\"y\n2,ok\n3,\"never ends\n4,5\n"
    let found = records(text)
    #expect(found.map(\.row) == [1, 2, 3, 4])
    #expect(found.map(\.line) == [1, 2, 3, 4])
    #expect(found[1].mistake?.what == "something stands behind the quotation mark that ends a field")
    #expect(found[1].mistake?.column == 2)
    #expect(found[2].mistake == nil && found[2].fields == ["2", "ok"])
    #expect(found[3].mistake?.what == "a quotation mark is missing: the file ends within a field")
    var reader = CSVReader()
    let bad = reader.read(Array("a,b\n1,".utf8) + [0xFF, 0x0A])
    #expect(bad.last?.mistake?.what == "a field is not UTF-8" && bad.last?.mistake?.column == 2)
  }

  @Test func holdsNoMoreThanALongestField() {
    var reader = CSVReader(separator: ",")
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
    #expect(reader.read([UInt8(ascii: "\"")]).isEmpty)
    for _ in 0..<64 { #expect(reader.read(piece).isEmpty) }
    let last = reader.finish()
    #expect(last.count == 1 && last[0].fields[0].utf8.count == CSVReader.longestField)
    #expect(last[0].mistake?.what == "a field is longer than 1 MiB; is a quotation mark missing?")
  }

  /// What is written is read: any texts, formulas too, but for signs that no file keeps.
  @Test func readsWhatWasWritten() {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "=", "+", "-", "@", "'", "''", "\"", ",", ";", "\n", " ", "a", "1", "ü", "🌙", "=1+1", "x\ny",
    ]
    for _ in 0..<2000 {
      let fields = (0..<Int(random.next() % 5 + 2)).map { _ in
        (0..<Int(random.next() % 5)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      }
      var reader = CSVReader(separator: ",")
      let text = CSVText.record(fields)
      let read = reader.read(Array(text.utf8)) + reader.finish()
      #expect(read.map { $0.fields.map(CSVText.meant) } == [fields], "\(text)")
      let begins = fields.map { CSVText.field($0).drop { $0 == "\"" }.unicodeScalars.first }
      for (field, first) in zip(fields, begins) where !field.hasPrefix("\"") {
        #expect(first.map { !"=+-@".unicodeScalars.contains($0) } ?? true, "\(field) is no formula")
      }
    }
    #expect(CSVText.field("=HYPERLINK(1)") == "'=HYPERLINK(1)")
    #expect(CSVText.meant("'=HYPERLINK(1)") == "=HYPERLINK(1)" && CSVText.meant("'tis") == "'tis")
  }
}
