/// What stands at a place of a document.
extension BodyTape {
  /// Where a member's value stands; the first, when a name stands there twice. Nil when there is none.
  ///
  /// - Parameter isExact: whether `active_at` is only itself, and not `activeAt`, too.
  func member(_ name: String, of object: Int, isExact: Bool) -> Int? {
    var name = name
    return name.withUTF8 { wanted in
      var place = object + 1
      let end = Int(nodes[object].next)
      while place < end {
        if isNamed(nodes[place], wanted, isExact: isExact) { return place + 1 }
        place = Int(nodes[place + 1].next)
      }
      return nil
    }
  }

  /// Whether a text is that name; in snake_case, which has `_x` for `X`, if it need not be exact.
  private func isNamed(_ node: Node, _ wanted: UnsafeBufferPointer<UInt8>, isExact: Bool) -> Bool {
    if node.kind == .escapedText {
      guard let text = text(node) else { return false }
      return text.utf8.elementsEqual(wanted)
    }
    let (start, end) = (Int(node.start), Int(node.end))
    // A name in snake_case is never shorter.
    guard end - start >= wanted.count else { return false }
    var index = start
    var (isSnake, hasCapital) = (false, false)
    for byte in wanted {
      guard index < end else { return false }
      if bytes[index] == byte {
        hasCapital = hasCapital || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        index += 1
      } else if !isExact, index + 1 < end, index > start, bytes[index] == UInt8(ascii: "_"),
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index + 1]), bytes[index + 1] & 0xDF == byte
      {
        isSnake = true
        index += 2
      } else {
        return false
      }
    }
    // `long_name_ofIt` is neither.
    return index == end && !(isSnake && hasCapital)
  }

  /// A text without its escapes; nil for anything else, and for one with half of a surrogate pair or an escape that
  /// means nothing.
  func text(_ node: Node) -> String? {
    let range = Int(node.start)..<Int(node.end)
    switch node.kind {
    case .text:
      return bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
    case .escapedText: return unescaped(bytes[range])
    default: return nil
    }
  }

  private func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "\"")?: text.append(UInt8(ascii: "\""))
      case UInt8(ascii: "\\")?: text.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "/")?: text.append(UInt8(ascii: "/"))
      case UInt8(ascii: "b")?: text.append(0x08)
      case UInt8(ascii: "f")?: text.append(0x0C)
      case UInt8(ascii: "n")?: text.append(0x0A)
      case UInt8(ascii: "r")?: text.append(0x0D)
      case UInt8(ascii: "t")?: text.append(0x09)
      case UInt8(ascii: "u")?:
        guard let scalar = Self.scalar(&rest) else { return nil }
        text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      default: return nil
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Four hex digits, or twice as many of a pair of surrogates.
  private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let unit = Self.unit(&rest) else { return nil }
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
    guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
      let low = Self.unit(&rest),
      (0xDC00..<0xE000).contains(low)
    else { return nil }
    return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
  }

  private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = rest.popFirst(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// A whole number, `5` or `5.0`, that is one of the type; nil for anything else.
  func integer<I: FixedWidthInteger>(_ type: I.Type, _ node: Node) -> I? {
    guard node.kind == .number else { return nil }
    let text = String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
    return I(text) ?? Double(text).flatMap { I(exactly: $0) }
  }

  /// A number, or one of the texts for those that JSON has no word for; nil for anything else, and for what is too
  /// large.
  func double(_ node: Node) -> Double? {
    switch node.kind {
    case .number:
      let text = String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
      return Double(text).flatMap { $0.isFinite ? $0 : nil }
    case .text:
      switch text(node) {
      case "NaN": return .nan
      case "+Inf": return .infinity
      case "-Inf": return -.infinity
      default: return nil
      }
    default: return nil
    }
  }
}
