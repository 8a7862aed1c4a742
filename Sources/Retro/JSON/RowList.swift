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

    var filling: RowFilling {
      RowFilling(mark: mark) { margin in rows.inParallel { Self.written($0, after: margin) } }
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

/// What stands in the place of a mark in a JSON document: rows, pretty, with sorted keys.
struct RowFilling {
  let mark: String
  /// Rows with commas between them, in pieces, behind a line end and blanks.
  let pieces: (_ margin: [UInt8]) -> [[UInt8]]

  /// A document with each of these in its place. O(bytes).
  static func put(_ fillings: [RowFilling], into document: [UInt8]) -> [UInt8] {
    let known = Dictionary(fillings.map { ($0.mark, $0) }) { first, _ in first }
    let (quote, length) = (UInt8(ascii: "\""), UUID().uuidString.utf8.count)
    var bytes: [UInt8] = []
    var (copied, start, line) = (0, 0, 0)
    while let place = document[start...].firstIndex(where: { $0 == quote || $0 == 10 }) {
      start = place + 1
      if document[place] == 10 { line = start }
      let end = place + length + 1
      guard document[place] == quote, end < document.count, document[end] == quote,
        let filling = known[String(decoding: document[(place + 1)..<end], as: UTF8.self)]
      else { continue }
      bytes += document[copied..<place]
      let blanks = document[line...].prefix { $0 == UInt8(ascii: " ") }
      write(filling.pieces([10] + blanks), after: [10] + blanks, to: &bytes)
      (copied, start) = (end + 1, end + 1)
    }
    return bytes + document[copied...]
  }

  private static func write(_ pieces: [[UInt8]], after margin: [UInt8], to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + pieces.reduce(4096) { $0 + $1.count + 1 })
    bytes.append(UInt8(ascii: "["))
    if pieces.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    for (index, piece) in pieces.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += piece
    }
    bytes += margin
    bytes.append(UInt8(ascii: "]"))
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
