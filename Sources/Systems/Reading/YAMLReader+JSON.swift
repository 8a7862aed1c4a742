import Documents
import JSON
import Values

/// YAML values as JSON.
extension YAMLReader {
  /// How deep a value may be nested.
  private static let maximumDepth = 64

  /// The value of a node as a JSON document, by YAML's core schema: a plain `true`, `12` or `null` is one, anything
  /// quoted is text. Numbers are written with the digits that they have in the file. Nil after a complaint.
  ///
  /// - Parameter name: what the value is called, for messages.
  mutating func json(_ node: YAMLNode, name: String) -> String? {
    json(node, name: name, depth: 0)
  }

  private mutating func json(_ node: YAMLNode, name: String, depth: Int) -> String? {
    guard depth < Self.maximumDepth else {
      complain(
        "\(name) is nested deeper than \(Self.maximumDepth) levels", remedy: "make it flatter",
        at: node.position)
      return nil
    }
    switch node.kind {
    case .scalar(_, let isPlain):
      guard !node.isNull else { return "null" }
      guard let text = string(node, name: name) else { return nil }
      guard isPlain else { return Self.quoted(text) }
      return scalar(text, name: name, at: node.position)
    case .sequence(let elements):
      let parts = elements.map { json($0, name: name, depth: depth + 1) }
      return parts.contains { $0 == nil } ? nil : "[" + parts.compactMap { $0 }.joined(separator: ",") + "]"
    case .mapping(let entries):
      let parts = entries.map { entry -> String? in
        guard case .scalar(let key, _) = entry.key.kind else {
          complain("a key of \(name) must be text", remedy: "write a plain word", at: entry.key.position)
          return nil
        }
        return json(entry.value, name: name, depth: depth + 1).map { Self.quoted(key) + ":" + $0 }
      }
      return parts.contains { $0 == nil } ? nil : "{" + parts.compactMap { $0 }.joined(separator: ",") + "}"
    }
  }

  /// A plain scalar by the core schema of YAML 1.2.
  private mutating func scalar(_ text: String, name: String, at position: Position) -> String? {
    switch text {
    case "", "~", "null", "Null", "NULL": return "null"
    case "true", "True", "TRUE": return "true"
    case "false", "False", "FALSE": return "false"
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
      complain(
        "\(name) holds \(text), and JSON has no such number", remedy: "write a finite number, or quote it",
        at: position)
      return nil
    default: return Self.number(text) ?? Self.quoted(text)
    }
  }

  /// A YAML number as JSON writes it; nil when it is none.
  private static func number(_ text: String) -> String? {
    if text.hasPrefix("0x") || text.hasPrefix("0o") {
      let digits = text.dropFirst(2)
      guard let first = digits.first, first != "-", first != "+" else { return nil }
      return UInt64(digits, radix: text.hasPrefix("0x") ? 16 : 8).map(String.init)
    }
    let bytes = Array(text.utf8)
    let isNegative = bytes.first == UInt8(ascii: "-")
    var rest = bytes.dropFirst(isNegative || bytes.first == UInt8(ascii: "+") ? 1 : 0)
    func takeDigits() -> String {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(digits.count)
      return String(decoding: digits, as: UTF8.self)
    }
    let whole = takeDigits()
    var fraction = ""
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = takeDigits()
    }
    guard !(whole.isEmpty && fraction.isEmpty) else { return nil }
    var exponent = ""
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        exponent = sign == UInt8(ascii: "-") ? "-" : ""
        rest = rest.dropFirst()
      }
      let digits = takeDigits()
      guard !digits.isEmpty else { return nil }
      exponent = "e" + exponent + digits
    }
    guard rest.isEmpty else { return nil }
    // JSON knows no zeros before a number, and wants a digit before a point.
    let trimmed = String(whole.drop { $0 == "0" })
    let point = fraction.isEmpty ? "" : "." + fraction
    return (isNegative ? "-" : "") + (trimmed.isEmpty ? "0" : trimmed) + point + exponent
  }

  private static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
