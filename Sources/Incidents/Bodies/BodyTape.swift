/// A JSON document (RFC 8259) as a list of its values, each with where it stands; texts and numbers are read when they
/// are asked for. Made in one pass, with one list to allocate: reading an incident of 100,000 events makes as many.
final class BodyTape {
  enum Kind: UInt8 {
    case null, yes, no, number, array, object
    case text
    /// With backslashes in it.
    case escapedText
  }

  /// One value. The members of an object are pairs: a text, its name, and a value.
  struct Node {
    let kind: Kind
    /// Of a text without its quotation marks.
    let start: Int32
    var end: Int32
    /// The node after this one and all that is in it.
    var next: Int32
  }

  /// Why a body is not a document that can be read.
  struct Mistake: Error {}

  /// How deep arrays and objects may stand in each other.
  static let deepest = 128

  let bytes: [UInt8]
  let nodes: [Node]

  /// - Throws: ``Mistake`` when the bytes are not one JSON document in UTF-8.
  init(_ bytes: [UInt8]) throws(Mistake) {
    guard bytes.count < Int32.max else { throw Mistake() }
    var nodes: [Node] = []
    // A value has two bytes and more, and most of ours have ten.
    nodes.reserveCapacity(bytes.count / 8 + 4)
    var hasWideText = false
    var scan = Scan(bytes)
    try scan.document(into: &nodes, wide: &hasWideText)
    if hasWideText, String(validating: bytes, as: UTF8.self) == nil { throw Mistake() }
    self.bytes = bytes
    self.nodes = nodes
  }

  /// One pass over the bytes.
  private struct Scan {
    let bytes: [UInt8]
    var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Zero, which begins nothing, behind the end.
    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func document(into nodes: inout [Node], wide: inout Bool) throws(Mistake) {
      skipSpaces()
      try value(into: &nodes, wide: &wide, depth: 0)
      skipSpaces()
      if index < bytes.count { throw Mistake() }
    }

    private mutating func value(into nodes: inout [Node], wide: inout Bool, depth: Int) throws(Mistake) {
      guard depth < BodyTape.deepest else { throw Mistake() }
      switch next {
      case UInt8(ascii: "\""): try text(into: &nodes, wide: &wide)
      case UInt8(ascii: "{"): try list(.object, "}", into: &nodes, wide: &wide, depth: depth)
      case UInt8(ascii: "["): try list(.array, "]", into: &nodes, wide: &wide, depth: depth)
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(into: &nodes)
      case UInt8(ascii: "t"): try word("true", .yes, into: &nodes)
      case UInt8(ascii: "f"): try word("false", .no, into: &nodes)
      case UInt8(ascii: "n"): try word("null", .null, into: &nodes)
      default: throw Mistake()
      }
    }

    private mutating func list(
      _ kind: Kind, _ end: Unicode.Scalar, into nodes: inout [Node], wide: inout Bool, depth: Int
    ) throws(Mistake) {
      let place = nodes.count
      nodes.append(Node(kind: kind, start: Int32(index), end: 0, next: 0))
      index += 1
      skipSpaces()
      if !take(end) {
        repeat {
          skipSpaces()
          if kind == .object {
            guard next == UInt8(ascii: "\"") else { throw Mistake() }
            try text(into: &nodes, wide: &wide)
            skipSpaces()
            guard take(":") else { throw Mistake() }
            skipSpaces()
          }
          try value(into: &nodes, wide: &wide, depth: depth + 1)
          skipSpaces()
        } while take(",")
        guard take(end) else { throw Mistake() }
      }
      (nodes[place].end, nodes[place].next) = (Int32(index), Int32(nodes.count))
    }

    private mutating func text(into nodes: inout [Node], wide: inout Bool) throws(Mistake) {
      index += 1
      let start = index
      var kind = Kind.text
      while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\"") {
          append(kind, from: start, into: &nodes)
          index += 1
          return
        }
        if byte < 0x20 { throw Mistake() }
        if byte == UInt8(ascii: "\\") {
          kind = .escapedText
          // Whatever is escaped, a quotation mark after it ends nothing.
          index += 1
        }
        if byte >= 0x80 { wide = true }
        index += 1
      }
      throw Mistake()
    }

    private mutating func number(into nodes: inout [Node]) throws(Mistake) {
      let start = index
      _ = take("-")
      if !take("0") { try digits() }
      if take(".") { try digits() }
      if next | 0x20 == UInt8(ascii: "e") {
        index += 1
        if !take("+") { _ = take("-") }
        try digits()
      }
      append(.number, from: start, into: &nodes)
    }

    private mutating func digits() throws(Mistake) {
      let start = index
      while next >= 0x30 && next <= 0x39 { index += 1 }
      if index == start { throw Mistake() }
    }

    private mutating func word(_ word: StaticString, _ kind: Kind, into nodes: inout [Node]) throws(Mistake) {
      let start = index
      for offset in 0..<word.utf8CodeUnitCount {
        guard next == word.utf8Start[offset] else { throw Mistake() }
        index += 1
      }
      append(kind, from: start, into: &nodes)
    }

    private func append(_ kind: Kind, from start: Int, into nodes: inout [Node]) {
      nodes.append(
        Node(kind: kind, start: Int32(start), end: Int32(index), next: Int32(nodes.count + 1)))
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character), index < bytes.count else { return false }
      index += 1
      return true
    }

    private mutating func skipSpaces() {
      while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { index += 1 }
    }
  }
}
