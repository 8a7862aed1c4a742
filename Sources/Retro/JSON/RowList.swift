import Foundation
import Values

/// A row of the JSON export of which there can be 100,000.
protocol BulkRow: Encodable, Sendable {
  /// Its members, by the order of their names.
  func write(to bytes: inout [UInt8], as object: inout PrettyObject)
}

extension IncidentDocument {
  /// Many rows: `JSONEncoder` takes as long for them as all the rest of an export does, so it writes a mark in their
  /// place, and they are put there as it would have written them.
  struct RowList<Row: BulkRow>: Encodable {
    let rows: [Row]
    /// Nobody's text is that.
    let mark = UUID().uuidString

    init(_ rows: [Row]) { self.rows = rows }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(mark)
    }

    /// In the place of its mark; pretty, with sorted keys.
    func put(into document: [UInt8]) -> [UInt8] {
      let quoted = Array("\"\(mark)\"".utf8)
      guard let place = Self.place(of: quoted, in: document) else { return document }
      let line = document[..<place.lowerBound].lastIndex(of: 10).map { $0 + 1 } ?? 0
      let blanks = document[line...].prefix { $0 == UInt8(ascii: " ") }.count
      let margin = [UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: " "), count: blanks)
      let pieces = rows.inParallel { Self.written($0, after: margin) }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(document.count + pieces.reduce(8) { $0 + $1.count + 1 })
      bytes += document[..<place.lowerBound]
      bytes.append(UInt8(ascii: "["))
      if pieces.isEmpty { bytes.append(UInt8(ascii: "\n")) }
      for (index, piece) in pieces.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += piece
      }
      bytes += margin
      bytes.append(UInt8(ascii: "]"))
      return bytes + document[place.upperBound...]
    }

    /// The standard library's search takes longer than all the rest.
    private static func place(of quoted: [UInt8], in document: [UInt8]) -> Range<Int>? {
      var start = 0
      while let found = document[start...].firstIndex(of: UInt8(ascii: "\"")) {
        if document[found...].starts(with: quoted) { return found..<found + quoted.count }
        start = found + 1
      }
      return nil
    }

    /// Rows with commas between them.
    private static func written(_ rows: ArraySlice<Row>, after margin: [UInt8]) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(rows.count * 512)
      let row = margin + "  ".utf8
      let member = row + "  ".utf8
      for (index, one) in rows.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += row
        var object = PrettyObject(margin: member)
        one.write(to: &bytes, as: &object)
        bytes += row
        bytes.append(UInt8(ascii: "}"))
      }
      return bytes
    }
  }
}

extension IncidentDocument.LineRow: BulkRow {
  func write(to bytes: inout [UInt8], as object: inout PrettyObject) {
    object.add("actor", actor, to: &bytes)
    object.add("amended", amended, to: &bytes)
    object.add("detail", detail, to: &bytes)
    object.add("ended", ended?.rfc3339, to: &bytes)
    object.add("id", id, to: &bytes)
    object.add("incident", incident, to: &bytes)
    object.add("kind", kind, to: &bytes)
    object.add("occurred", occurred.rfc3339, to: &bytes)
    object.add("pinned", pinned, to: &bytes)
    object.add("recorded", recorded.rfc3339, to: &bytes)
    object.add("retracted", retracted, to: &bytes)
    object.add("seq", seq, to: &bytes)
    object.add("text", text, to: &bytes)
    object.add("word", word, to: &bytes)
  }
}

extension IncidentDocument.AlertRow: BulkRow {
  func write(to bytes: inout [UInt8], as object: inout PrettyObject) {
    object.add("ended", ended?.rfc3339, to: &bytes)
    object.add("fired", fired.rfc3339, to: &bytes)
    object.add("labels", labels, to: &bytes)
    object.add("level", level.rawValue, to: &bytes)
    object.add("rule", rule, to: &bytes)
    object.add("sign", sign, to: &bytes)
    object.add("summary", summary, to: &bytes)
    object.add("system", system, to: &bytes)
    object.add("threshold", threshold, to: &bytes)
    object.add("unit", unit?.rawValue, to: &bytes)
    object.add("value", value, to: &bytes)
  }
}
