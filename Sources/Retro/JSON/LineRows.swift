import Foundation
import Values

extension IncidentDocument {
  /// The lines of a timeline, of which there can be 100,000: `JSONEncoder` takes as long for them as all the rest of
  /// an export does, so it writes a mark in their place, and they are put there as it would have written them.
  struct LineRows: Encodable {
    let rows: [LineRow]
    /// Nobody's text is that.
    let mark = UUID().uuidString

    init(_ rows: [LineRow]) { self.rows = rows }

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
      var bytes: [UInt8] = []
      bytes.reserveCapacity(document.count + rows.count * 512)
      bytes += document[..<place.lowerBound]
      write(to: &bytes, after: blanks)
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

    private func write(to bytes: inout [UInt8], after blanks: Int) {
      let margin = [UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: " "), count: blanks)
      guard !rows.isEmpty else {
        bytes += "[\n".utf8
        bytes += margin
        bytes.append(UInt8(ascii: "]"))
        return
      }
      let blank = UInt8(ascii: " ")
      let (row, member) = (margin + [blank, blank], margin + [blank, blank, blank, blank])
      for (index, one) in rows.enumerated() {
        bytes.append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
        bytes += row
        var object = PrettyObject(margin: member)
        one.write(to: &bytes, as: &object)
        bytes += row
        bytes.append(UInt8(ascii: "}"))
      }
      bytes += margin
      bytes.append(UInt8(ascii: "]"))
    }
  }
}

extension IncidentDocument.LineRow {
  /// Its members, by their names.
  fileprivate func write(to bytes: inout [UInt8], as object: inout PrettyObject) {
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

/// Members of a JSON object, one on a line, as `JSONEncoder` writes them.
struct PrettyObject {
  private let margin: [UInt8]
  private var isEmpty = true

  /// - Parameter margin: a line end, and what stands before each member.
  init(margin: [UInt8]) { self.margin = margin }

  private mutating func begin(_ name: StaticString, _ bytes: inout [UInt8]) {
    bytes.append(isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    isEmpty = false
    bytes += margin
    bytes.append(UInt8(ascii: "\""))
    bytes += UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    bytes += "\" : ".utf8
  }

  mutating func add(_ name: StaticString, _ value: Bool, to bytes: inout [UInt8]) {
    begin(name, &bytes)
    bytes += (value ? "true" : "false").utf8
  }

  mutating func add(_ name: StaticString, _ value: Int64, to bytes: inout [UInt8]) {
    begin(name, &bytes)
    bytes += String(value).utf8
  }

  /// Left out when there is none.
  mutating func add(_ name: StaticString, _ value: String?, to bytes: inout [UInt8]) {
    guard var value else { return }
    begin(name, &bytes)
    bytes.append(UInt8(ascii: "\""))
    value.withUTF8 { Self.escape($0, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var copied = 0
    for (index, byte) in text.enumerated() {
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      bytes += text[copied..<index]
      copied = index + 1
      bytes.append(UInt8(ascii: "\\"))
      switch byte {
      case 0x08: bytes.append(UInt8(ascii: "b"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0C: bytes.append(UInt8(ascii: "f"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      case 0..<0x20:
        bytes += (byte < 0x10 ? "u000" : "u00").utf8
        bytes += String(byte, radix: 16).utf8
      default: bytes.append(byte)
      }
    }
    bytes += text[copied...]
  }
}
