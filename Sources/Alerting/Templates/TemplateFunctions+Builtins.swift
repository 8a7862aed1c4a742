/// The functions that Go's `text/template` brings (`and` and `or` aside).
extension TemplateFunctions {
  static let builtins: [String: Definition] = [
    "not": Definition(1) { .boolean(!$0.argument(0).isTrue) },
    "len": Definition(1) { call throws(TemplateError) in
      switch call.argument(0) {
      case .string(let text): return .integer(text.utf8.count)
      case .list(let list): return .integer(list.count)
      case .map(let map, _): return .integer(map.count)
      default: throw call.error("len of type \(call.argument(0).typeName)")
      }
    },
    "index": Definition(1...many) { call throws(TemplateError) in
      var value = call.argument(0)
      for key in call.arguments.dropFirst() { value = try indexed(value, by: key, call) }
      return value
    },
    "slice": Definition(1...4) { call throws(TemplateError) in try slice(call) },
    "print": Definition(0...many) { .string(GoPrinting.print($0.arguments)) },
    "println": Definition(0...many) { .string(GoPrinting.println($0.arguments)) },
    "printf": Definition(1...many) { call throws(TemplateError) in
      .string(GoPrinting.printf(try call.string(0), Array(call.arguments.dropFirst())))
    },
    "html": Definition(0...many) { .string(escaped(GoPrinting.print($0.arguments), htmlEscapes)) },
    "js": Definition(0...many) { .string(escaped(GoPrinting.print($0.arguments), scriptEscapes)) },
    "urlquery": Definition(0...many) { .string(queryEscaped(GoPrinting.print($0.arguments))) },
    "call": Definition(1...many) { call throws(TemplateError) in
      throw call.error("non-function of type \(call.argument(0).typeName)")
    },
    "eq": Definition(2...many) { call throws(TemplateError) in
      for other in call.arguments.dropFirst() where try areEqual(call.argument(0), other, call) {
        return .boolean(true)
      }
      return .boolean(false)
    },
    "ne": Definition(2) { call throws(TemplateError) in
      .boolean(try !areEqual(call.argument(0), call.argument(1), call))
    },
    "lt": Definition(2) { call throws(TemplateError) in
      .boolean(try isLess(call.argument(0), call.argument(1), call))
    },
    "le": Definition(2) { call throws(TemplateError) in
      let less = try isLess(call.argument(0), call.argument(1), call)
      let equal = try areEqual(call.argument(0), call.argument(1), call)
      return .boolean(less || equal)
    },
    "gt": Definition(2) { call throws(TemplateError) in
      let less = try isLess(call.argument(0), call.argument(1), call)
      let equal = try areEqual(call.argument(0), call.argument(1), call)
      return .boolean(!less && !equal)
    },
    "ge": Definition(2) { call throws(TemplateError) in
      .boolean(try !isLess(call.argument(0), call.argument(1), call))
    },
  ]

  /// Go compares only like with like: an integer and a float are an error, not unequal.
  private static func areEqual(
    _ a: TemplateValue, _ b: TemplateValue, _ call: Call
  ) throws(TemplateError) -> Bool {
    switch (a, b) {
    case (.boolean(let x), .boolean(let y)): return x == y
    case (.integer(let x), .integer(let y)): return x == y
    case (.real(let x), .real(let y)), (.imaginary(let x), .imaginary(let y)): return x == y
    case (.string(let x), .string(let y)): return x == y
    case (.duration(let x), .duration(let y)), (.time(let x), .time(let y)): return x == y
    case (.duration(let x), .integer(let y)), (.integer(let y), .duration(let x)): return x == Int64(y)
    case (.null, .null): return true
    case (.null, _), (_, .null): return false
    case (.map, _), (_, .map), (.list, _), (_, .list):
      throw call.error("non-comparable type \(a.typeName)")
    default: throw call.error("incompatible types for comparison: \(a.typeName) and \(b.typeName)")
    }
  }

  private static func isLess(
    _ a: TemplateValue, _ b: TemplateValue, _ call: Call
  ) throws(TemplateError) -> Bool {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): return x < y
    case (.real(let x), .real(let y)): return x < y
    case (.string(let x), .string(let y)): return Array(x.utf8).lexicographicallyPrecedes(Array(y.utf8))
    case (.duration(let x), .duration(let y)): return x < y
    case (.duration(let x), .integer(let y)): return x < Int64(y)
    case (.integer(let x), .duration(let y)): return Int64(x) < y
    case (.boolean, .boolean), (.imaginary, .imaginary): throw call.error("invalid type for comparison")
    default: throw call.error("incompatible types for comparison: \(a.typeName) and \(b.typeName)")
    }
  }

  private static func indexed(
    _ value: TemplateValue, by key: TemplateValue, _ call: Call
  ) throws(TemplateError) -> TemplateValue {
    switch (value, key) {
    case (.map(let map, let isTyped), .string(let name)):
      return map[name] ?? (isTyped ? .string("") : .null)
    case (.list(let list), .integer(let index)):
      guard list.indices.contains(index) else { throw call.error("index out of range: \(index)") }
      return list[index]
    case (.string(let text), .integer(let index)):
      let bytes = Array(text.utf8)
      guard bytes.indices.contains(index) else { throw call.error("index out of range: \(index)") }
      return .integer(Int(bytes[index]))
    case (.map, _), (.list, _), (.string, _):
      throw call.error("cannot index \(value.typeName) with type \(key.typeName)")
    default: throw call.error("can't index item of type \(value.typeName)")
    }
  }

  private static func slice(_ call: Call) throws(TemplateError) -> TemplateValue {
    var bounds: [Int] = []
    for argument in call.arguments.dropFirst() {
      guard case .integer(let bound) = argument else {
        throw call.error("cannot index slice/array with type \(argument.typeName)")
      }
      bounds.append(bound)
    }
    let count: Int
    switch call.argument(0) {
    case .string(let text):
      guard bounds.count < 3 else { throw call.error("cannot 3-index slice a string") }
      count = text.utf8.count
    case .list(let list): count = list.count
    default: throw call.error("can't slice item of type \(call.argument(0).typeName)")
    }
    let low = bounds.first ?? 0
    let high = bounds.dropFirst().first ?? count
    guard 0 <= low, low <= high, high <= count else {
      throw call.error("invalid slice index: \(low) > \(high)")
    }
    if case .list(let list) = call.argument(0) { return .list(Array(list[low..<high])) }
    let bytes = Array(try call.string(0).utf8)
    return .string(String(decoding: bytes[low..<high], as: UTF8.self))
  }

  private static let htmlEscapes: [Unicode.Scalar: String] = [
    "\0": "\u{FFFD}", "\"": "&#34;", "'": "&#39;", "&": "&amp;", "<": "&lt;", ">": "&gt;",
  ]

  private static let scriptEscapes: [Unicode.Scalar: String] = [
    "\\": "\\\\", "'": "\\'", "\"": "\\\"", "<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "=": "\\u003D",
    "\n": "\\u000A", "\r": "\\u000D", "\t": "\\u0009",
  ]

  private static func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.map { escapes[$0] ?? String(Character($0)) }.joined()
  }

  /// `url.QueryEscape`.
  static func queryEscaped(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x20: out += "+"
      default: out += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased()
      }
    }
    return out
  }
}
