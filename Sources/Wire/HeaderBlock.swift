/// The header lines of a response, kept as they came and read when somebody asks.
package struct HeaderBlock: Sendable {
  private let made: [Header]
  private let text: [UInt8]

  package init(_ headers: [Header]) {
    made = headers
    text = []
  }

  /// - Parameter text: lines of `name: value`, each with a line feed at its end.
  package init(text: [UInt8]) {
    made = []
    self.text = text
  }

  /// In order. O(n) in the text.
  package var headers: [Header] {
    var found = made
    eachLine { name, value in
      found.append(Header(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
      return true
    }
    return found
  }

  /// The value of the first header of that name, without regard to case. Makes no other header.
  package func first(_ name: String) -> String? {
    if let header = made.first(where: { $0.name.lowercased() == name.lowercased() }) { return header.value }
    var found: String?
    eachLine { candidate, value in
      guard Self.isSame(candidate, name) else { return true }
      found = String(decoding: value, as: UTF8.self)
      return false
    }
    return found
  }

  private typealias Bytes = Slice<UnsafeRawBufferPointer>

  /// Until `take` returns false. Lines without a colon are none; blanks around a value are no part of it.
  private func eachLine(_ take: (_ name: Bytes, _ value: Bytes) -> Bool) {
    text.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        let line = rest[..<end]
        rest = rest[end...].dropFirst()
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
        guard take(line[..<colon], Self.trimmed(line[colon...].dropFirst())) else { return }
      }
    }
  }

  private static func isSame(_ candidate: Bytes, _ name: String) -> Bool {
    func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    return candidate.count == name.utf8.count
      && zip(candidate, name.utf8).allSatisfy { lowercased($0) == lowercased($1) }
  }

  private static func trimmed(_ bytes: Bytes) -> Bytes {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let rest = bytes.drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return rest }
    return rest[...last]
  }
}

extension HeaderBlock: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.headers == b.headers }
  package func hash(into hasher: inout Hasher) { hasher.combine(headers) }
}
