/// Reading the inside of Go's quoted strings.
enum GoQuoting {
  /// The text that the inside of a quoted string or character constant stands for; nil when an escape is wrong.
  static func unquoted(_ inner: some Sequence<UInt8>) -> String? {
    var rest = Array(inner)[...]
    var out: [UInt8] = []
    while let next = rest.popFirst() {
      guard next == UInt8(ascii: "\\") else {
        out.append(next)
        continue
      }
      guard let escape = rest.popFirst() else { return nil }
      switch escape {
      case UInt8(ascii: "a"): out.append(7)
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "v"): out.append(11)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): out.append(escape)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        guard let value = number(escape, &rest, count: 2, radix: 8), value < 256 else { return nil }
        out.append(UInt8(value))
      case UInt8(ascii: "x"):
        guard let value = number(nil, &rest, count: 2, radix: 16) else { return nil }
        out.append(UInt8(truncatingIfNeeded: value))
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        let count = escape == UInt8(ascii: "u") ? 4 : 8
        guard let value = number(nil, &rest, count: count, radix: 16), let scalar = Unicode.Scalar(value)
        else { return nil }
        out += Array(String(Character(scalar)).utf8)
      default: return nil
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func number(
    _ first: UInt8?, _ rest: inout ArraySlice<UInt8>, count: Int, radix: Int
  ) -> UInt32? {
    guard rest.count >= count else { return nil }
    let digits = (first.map { [$0] } ?? []) + Array(rest.prefix(count))
    rest = rest.dropFirst(count)
    let text = String(decoding: digits, as: UTF8.self)
    return text.hasPrefix("+") || text.hasPrefix("-") ? nil : UInt32(text, radix: radix)
  }
}
