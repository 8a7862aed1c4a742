import Metrics

/// Numbers and durations as the language writes them.
enum NumberText {
  /// Whether the lexer takes it for a number; `value` may still refuse it.
  static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    let isHex =
      bytes.first == UInt8(ascii: "0") && bytes.dropFirst().first.map { $0 | 32 } == UInt8(ascii: "x")
    var previous: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      if isHex, index < 2 { continue }
      let isDigit = byte.isDigit || (isHex && (byte | 32) &- 97 < 6)
      switch byte {
      case _ where isDigit: break
      case UInt8(ascii: "."):
        if previous == UInt8(ascii: ".") || previous == UInt8(ascii: "_") { return false }
      case UInt8(ascii: "_"):
        if !previous.isDigit, !isHex { return false }
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        if !previous.isDigit, previous != UInt8(ascii: ".") { return false }
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        if previous | 32 != UInt8(ascii: "e") { return false }
      default: return false
      }
      previous = byte
    }
    return previous.isDigit || previous == UInt8(ascii: ".") || isHex
  }

  /// The value of a number: an integer as Go reads it (`0x1f`, `0755` octal, `1_000`), else a decimal.
  static func value(_ bytes: ArraySlice<UInt8>) -> Double? {
    if let first = bytes.first, first != UInt8(ascii: "0") || bytes.count == 1, bytes.allSatisfy(\.isDigit) {
      return bytes.withUnsafeBytes { GoFloat.parse($0) }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard underscoresSeparateDigits(text) else { return nil }
    let digits = text.filter { $0 != "_" }.lowercased()
    if digits.hasPrefix("0x") { return Int64(digits.dropFirst(2), radix: 16).map(Double.init) }
    if digits.hasPrefix("0"), digits.count > 1, let octal = Int64(digits.dropFirst(), radix: 8),
      digits.utf8.allSatisfy({ $0.isDigit })
    {
      return Double(octal)
    }
    return GoFloat.parse(digits)
  }

  private static func underscoresSeparateDigits(_ text: String) -> Bool {
    guard text.contains("_") else { return true }
    let isHex = text.lowercased().hasPrefix("0x")
    let body = isHex ? Array(text.utf8.dropFirst(2)) : Array(text.utf8)
    let isDigit = { (byte: UInt8) in byte.isDigit || (isHex && (byte | 32) &- 97 < 6) }
    for (index, byte) in body.enumerated() where byte == UInt8(ascii: "_") {
      let before = index > 0 ? isDigit(body[index - 1]) : isHex
      guard before, index + 1 < body.count, isDigit(body[index + 1]) else { return false }
    }
    return true
  }

  private static let units: [(name: String, milliseconds: Int64)] = [
    ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
    ("s", 1000), ("ms", 1),
  ]

  /// Digits, a unit letter, perhaps an s, and so on; whether the units are right, `duration` says.
  static func looksLikeDuration(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    var isFirst = true
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isDigit }.count
      guard digits > 0 else { return false }
      rest = rest.dropFirst(digits)
      guard let unit = rest.first, (isFirst ? "smhdwy" : "smhdw").utf8.contains(unit) else { return false }
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "s") { rest = rest.dropFirst() }
      isFirst = false
    }
    return !isFirst
  }

  /// Milliseconds of `1h30m`: units from the longest to the shortest, each at most once. Nil when it is none
  /// or too long for an integer.
  static func duration(_ text: some Collection<UInt8>) -> Int64? {
    var rest = Array(text)[...]
    var sum: Int64 = 0
    var allowed = units[...]
    while !rest.isEmpty {
      var number: Int64 = 0
      let digits = rest.prefix(while: \.isDigit)
      for digit in digits {
        let (tenfold, overflow) = number.multipliedReportingOverflow(by: 10)
        let (next, overflow2) = tenfold.addingReportingOverflow(Int64(digit &- 48))
        guard !overflow, !overflow2 else { return nil }
        number = next
      }
      let afterDigits = rest.dropFirst(digits.count)
      let letters = afterDigits.prefix { !$0.isDigit }
      guard !digits.isEmpty,
        let place = allowed.firstIndex(where: { $0.name.utf8.elementsEqual(letters) })
      else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: allowed[place].milliseconds)
      let (total, overflow2) = sum.addingReportingOverflow(product)
      guard !overflow, !overflow2, total <= 9_223_372_036_854 else { return nil }
      sum = total
      allowed = allowed[(place + 1)...]
      rest = afterDigits.dropFirst(letters.count)
    }
    return sum
  }

  /// `1h30m`, `0s`; weeks and years only when they come out even, as Prometheus prints durations.
  static func text(milliseconds: Int64) -> String {
    guard milliseconds != 0 else { return "0s" }
    var rest = milliseconds.magnitude
    var text = milliseconds < 0 ? "-" : ""
    for (name, size) in units {
      let size = UInt64(size)
      if name == "y" || name == "w", rest % size != 0 { continue }
      let count = rest / size
      if count > 0 { text += "\(count)\(name)" }
      rest -= count * size
    }
    return text
  }
}
