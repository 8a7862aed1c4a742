import Metrics

/// Go's `fmt`: `Sprint`, `Sprintln` and `Sprintf` over template values.
enum GoPrinting {
  /// `%v`.
  static func text(_ value: TemplateValue) -> String {
    switch value {
    case .null: "<no value>"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .real(let value): GoFloat.shortest(value)
    case .imaginary(let value): "(0\(value < 0 ? "" : "+")\(GoFloat.shortest(value))i)"
    case .string(let text): text
    case .map(let map, _):
      "map["
        + map.sorted { $0.key < $1.key }.map { "\($0.key):\(text($0.value))" }.joined(separator: " ") + "]"
    case .list(let list): "[" + list.map(text).joined(separator: " ") + "]"
    case .record(let record): "{" + record.fields.map { text($0.value) }.joined(separator: " ") + "}"
    case .time(let milliseconds): GoTime.text(milliseconds)
    case .duration(let nanoseconds): GoTime.duration(nanoseconds)
    }
  }

  /// `Sprint`: a space between two operands of which neither is a string.
  static func print(_ values: [TemplateValue]) -> String {
    var out = ""
    var previousIsString = true
    for value in values {
      var isString = false
      if case .string = value { isString = true }
      if !previousIsString, !isString { out += " " }
      out += text(value)
      previousIsString = isString
    }
    return out
  }

  static func println(_ values: [TemplateValue]) -> String {
    values.map(text).joined(separator: " ") + "\n"
  }

  /// `Sprintf`, with its complaints (`%!d(string=x)`) in the text where Go puts them.
  static func printf(_ format: String, _ values: [TemplateValue]) -> String {
    var out = ""
    var rest = Array(format)[...]
    var arguments = values[...]
    while let character = rest.popFirst() {
      guard character == "%" else {
        out.append(character)
        continue
      }
      var directive = Directive()
      directive.read(&rest, &arguments)
      guard let verb = rest.popFirst() else {
        out += "%!(NOVERB)"
        break
      }
      if verb == "%" {
        out += "%"
      } else if let value = arguments.popFirst() {
        out += directive.apply(verb, to: value)
      } else {
        out += "%!\(verb)(MISSING)"
      }
    }
    if !arguments.isEmpty {
      let extra = arguments.map { "\($0.typeName)=\(text($0))" }.joined(separator: ", ")
      out += "%!(EXTRA \(extra))"
    }
    return out
  }
}

/// The flags, width and precision of one `%` directive.
private struct Directive {
  private var flags: Set<Character> = []
  private var width = 0
  private var precision: Int?

  /// A hostile format must not fill the memory.
  private static let widest = 10_000

  mutating func read(_ rest: inout ArraySlice<Character>, _ arguments: inout ArraySlice<TemplateValue>) {
    while let next = rest.first, "+-# 0".contains(next) {
      flags.insert(next)
      rest = rest.dropFirst()
    }
    width = number(&rest, &arguments) ?? 0
    if width < 0 {
      flags.insert("-")
      width = min(-width, Self.widest)
    }
    if rest.first == "." {
      rest = rest.dropFirst()
      precision = max(0, number(&rest, &arguments) ?? 0)
    }
  }

  private func number(
    _ rest: inout ArraySlice<Character>, _ arguments: inout ArraySlice<TemplateValue>
  ) -> Int? {
    if rest.first == "*" {
      rest = rest.dropFirst()
      guard case .integer(let value) = arguments.popFirst() else { return nil }
      return min(max(value, -Self.widest), Self.widest)
    }
    let digits = rest.prefix { ("0"..."9").contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.isEmpty ? nil : min(Int(String(digits)) ?? Self.widest, Self.widest)
  }

  func apply(_ verb: Character, to value: TemplateValue) -> String {
    switch value {
    case .list(let list): return "[" + list.map { apply(verb, to: $0) }.joined(separator: " ") + "]"
    case .map(let map, _):
      return "map["
        + map.sorted { $0.key < $1.key }.map {
          apply(verb, to: .string($0.key)) + ":" + apply(verb, to: $0.value)
        }.joined(separator: " ") + "]"
    case .record(let record):
      return "{" + record.fields.map { apply(verb, to: $0.value) }.joined(separator: " ") + "}"
    case .string(let text): return apply(verb, toText: text)
    case .integer(let number): return apply(verb, toInteger: number)
    case .real(let number): return apply(verb, toReal: number)
    case .boolean(let truth):
      return "tv".contains(verb) ? padded(truth ? "true" : "false") : bad(verb, value)
    case .duration(let nanoseconds):
      return "vs".contains(verb)
        ? padded(GoPrinting.text(value)) : apply(verb, toInteger: Int(nanoseconds))
    case .time, .imaginary:
      return "vs".contains(verb) ? padded(GoPrinting.text(value)) : bad(verb, value)
    case .null:
      return verb == "v" ? padded("<nil>") : "%!\(verb)(<nil>)"
    }
  }

  private func apply(_ verb: Character, toText text: String) -> String {
    let shown = precision.map { String(text.unicodeScalars.prefix($0).map(Character.init)) } ?? text
    switch verb {
    case "s", "v": return padded(shown)
    case "q": return padded(flags.contains("#") && !shown.contains("`") ? "`\(shown)`" : shown.quotedAsInGo)
    case "x", "X":
      let digits = shown.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        .joined(separator: flags.contains(" ") ? " " : "")
      return padded(verb == "X" ? digits.uppercased() : digits)
    default: return bad(verb, .string(text))
    }
  }

  private func apply(_ verb: Character, toInteger number: Int) -> String {
    switch verb {
    case "d", "v": return integer(number, radix: 10, prefix: "")
    case "b": return integer(number, radix: 2, prefix: "0b")
    case "o": return integer(number, radix: 8, prefix: "0")
    case "O": return integer(number, radix: 8, prefix: "0o", always: true)
    case "x": return integer(number, radix: 16, prefix: "0x")
    case "X": return integer(number, radix: 16, prefix: "0X").uppercased()
    case "c", "q":
      let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
      guard verb == "q" else { return padded(String(Character(scalar))) }
      let quoted = String(Character(scalar)).quotedAsInGo.dropFirst().dropLast()
      return padded("'" + (scalar == "'" ? "\\'" : scalar == "\"" ? "\"" : String(quoted)) + "'")
    case "U":
      let digits = String(number, radix: 16).uppercased()
      return padded("U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    default: return bad(verb, .integer(number))
    }
  }

  private func integer(_ number: Int, radix: Int, prefix: String, always: Bool = false) -> String {
    var digits = String(number.magnitude, radix: radix)
    if let precision {
      digits = String(repeating: "0", count: max(0, min(precision, Self.widest) - digits.count)) + digits
    }
    if always || flags.contains("#") { digits = prefix + digits }
    return signed(digits, isNegative: number < 0, padsWithZeros: precision == nil)
  }

  private func apply(_ verb: Character, toReal number: Double) -> String {
    guard "eEfFgGv".contains(verb) else { return bad(verb, .real(number)) }
    guard number.isFinite else {
      let text = GoFloat.shortest(abs(number))
      let plain = number.isNaN ? "NaN" : flags.contains("+") || number > 0 ? text : "Inf"
      return number.isNaN || number > 0 ? padded(plain) : padded("-Inf")
    }
    let size = abs(number)
    var digits: String
    if let precision {
      digits = GoFloat.formatted(size, verb: verb == "v" ? "g" : verb, precision: precision)
    } else if "gGv".contains(verb) {
      digits = GoFloat.shortest(size)
      if verb == "G" { digits = digits.uppercased() }
    } else {
      digits = GoFloat.formatted(size, verb: verb, precision: 6)
    }
    return signed(digits, isNegative: number.sign == .minus, padsWithZeros: true)
  }

  private func signed(_ digits: String, isNegative: Bool, padsWithZeros: Bool) -> String {
    let sign = isNegative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
    guard padsWithZeros, flags.contains("0"), !flags.contains("-") else { return padded(sign + digits) }
    return sign + String(repeating: "0", count: max(0, width - digits.count - sign.count)) + digits
  }

  private func padded(_ text: String) -> String {
    let fill = String(
      repeating: flags.contains("0") && !flags.contains("-") ? "0" : " ",
      count: max(0, width - text.unicodeScalars.count))
    return flags.contains("-") ? text + fill : fill + text
  }

  private func bad(_ verb: Character, _ value: TemplateValue) -> String {
    "%!\(verb)(\(value.typeName)=\(GoPrinting.text(value)))"
  }
}
