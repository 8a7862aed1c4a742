/// A number constant as Go's templates read it: `7`, `0x1F`, `1_000`, `1e3`, `1i`.
enum GoNumber: Sendable, Equatable {
  case integer(Int)
  case real(Double)
  case imaginary(Double)

  init?(_ text: String) {
    if text.hasSuffix("i") {
      guard let value = Self.float(String(text.dropLast())) else { return nil }
      self = .imaginary(value)
    } else if let value = Self.integer(text) {
      self = .integer(value)
    } else if let value = Self.float(text), text.utf8.contains(where: { ".eEpP".utf8.contains($0) }) {
      self = .real(value)
    } else {
      return nil
    }
  }

  /// Go's integer literals: decimal, `0x`, `0o` (or a leading zero), `0b`, with `_` between digits.
  private static func integer(_ text: String) -> Int? {
    var digits = text[...]
    var sign = ""
    if let first = digits.first, first == "-" || first == "+" {
      sign = String(first)
      digits = digits.dropFirst()
    }
    let prefix = digits.prefix(2).lowercased()
    let radix = ["0x": 16, "0o": 8, "0b": 2][prefix] ?? (digits.count > 1 && digits.hasPrefix("0") ? 8 : 10)
    guard hasSoundUnderscores(digits) else { return nil }
    if ["0x", "0o", "0b"].contains(prefix) { digits = digits.dropFirst(2) }
    let plain = digits.filter { $0 != "_" }
    guard let first = plain.first, first != "-", first != "+" else { return nil }
    return Int(sign + plain, radix: radix)
  }

  /// `strconv.ParseFloat`: decimal or hexadecimal with exponent, infinities with a sign, NaN without.
  static func float(_ text: String) -> Double? {
    let lower = text.lowercased()
    switch lower {
    case "nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    let unsigned = lower.drop { $0 == "+" || $0 == "-" }
    guard lower.count - unsigned.count <= 1, unsigned.allSatisfy({ "0123456789.ep+-x_abcdf".contains($0) }),
      unsigned.contains(where: \.isNumber), hasSoundUnderscores(unsigned)
    else { return nil }
    if unsigned.hasPrefix("0x") {
      guard unsigned.contains("p") else { return nil }
    } else {
      guard unsigned.allSatisfy({ "0123456789.e+-_".contains($0) }) else { return nil }
    }
    var plain = lower.filter { $0 != "_" }
    if plain.hasPrefix("+") { plain.removeFirst() }
    if let value = Double(plain) { return value }
    // Swift wants a digit on both sides of the point.
    plain = plain.replacingPoint()
    return Double(plain)
  }

  /// An underscore stands between two digits, or after a base prefix.
  private static func hasSoundUnderscores(_ text: some StringProtocol) -> Bool {
    var previous: Character = " "
    for (index, character) in text.enumerated() {
      if character == "_" {
        guard previous.isHexDigit || (index == 2 && "xob".contains(previous)) else { return false }
      } else if previous == "_", !character.isHexDigit {
        return false
      }
      previous = character
    }
    return previous != "_"
  }
}

extension String {
  /// `.5` as `0.5`, `5.` as `5.0`, `5.e3` as `5.0e3`.
  fileprivate func replacingPoint() -> String {
    guard let point = firstIndex(of: ".") else { return self }
    let before = self[..<point]
    let after = self[index(after: point)...]
    let whole = before.last?.isHexDigit == true ? "" : "0"
    let part = after.first?.isHexDigit == true && after.first != "e" ? "" : "0"
    return before + whole + "." + part + after
  }
}
