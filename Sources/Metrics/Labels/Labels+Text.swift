/// Labels as Prometheus writes them, and as a JSON object.
extension Labels: CustomStringConvertible {
  /// `up{instance="a:1", job="api"}`, `{job="api"}`, `{}`; names outside the classic alphabet are quoted.
  package var description: String {
    var inner: [String] = []
    var name = ""
    for pair in pairs {
      if pair.name == .metricName, Labels.isClassicMetricName(pair.value) {
        name = pair.value
      } else if pair.name == .metricName {
        inner.insert(pair.value.quotedAsInGo, at: 0)
      } else {
        inner.append(Labels.written(pair.name) + "=" + pair.value.quotedAsInGo)
      }
    }
    if inner.isEmpty { return name.isEmpty ? "{}" : name }
    return name + "{" + inner.joined(separator: ", ") + "}"
  }

  /// A label name as it stands in a selector: quoted when it is outside `[a-zA-Z_][a-zA-Z0-9_]*`.
  package static func written(_ name: String) -> String {
    isClassicName(name) ? name : name.quotedAsInGo
  }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`.
  package static func isClassicName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isNameStart else { return false }
    return name.utf8.allSatisfy { $0.isNameStart || $0.isDigit }
  }

  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`.
  package static func isClassicMetricName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isNameStart || first == UInt8(ascii: ":") else { return false }
    return name.utf8.allSatisfy { $0.isNameStart || $0.isDigit || $0 == UInt8(ascii: ":") }
  }
}

extension Labels: Codable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    self.init(
      unsorted: try container.allKeys.map {
        Label($0.stringValue, try container.decode(String.self, forKey: $0))
      })
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for pair in pairs { try container.encode(pair.value, forKey: Name(stringValue: pair.name)) }
  }
}

extension String {
  /// In double quotes with Go's escapes, as `strconv.Quote` writes it.
  package var quotedAsInGo: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{7}": text += "\\a"
      case "\u{8}": text += "\\b"
      case "\u{c}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{b}": text += "\\v"
      case " "..."~": text.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16)
        let zeros = { (width: Int) in String(repeating: "0", count: max(0, width - hex.count)) + hex }
        if scalar.value < 0x80 {
          text += "\\x" + zeros(2)
        } else if scalar.isPrintable {
          text.unicodeScalars.append(scalar)
        } else {
          text += scalar.value > 0xffff ? "\\U" + zeros(8) : "\\u" + zeros(4)
        }
      }
    }
    return text + "\""
  }
}

extension Unicode.Scalar {
  /// Letters, marks, numbers, punctuation and symbols, as Go's `unicode.IsPrint` counts.
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      false
    default: true
    }
  }
}

extension UInt8 {
  @inline(__always) package var isDigit: Bool { self &- 48 < 10 }
  @inline(__always) package var isNameStart: Bool { (self | 32) &- 97 < 26 || self == 95 }
}

extension Labels {
  /// `{__name__="up", job="api"}`: the metric's name as any other label, as Prometheus' errors write it.
  package var fullDescription: String {
    "{" + pairs.map { Labels.written($0.name) + "=" + $0.value.quotedAsInGo }.joined(separator: ", ") + "}"
  }
}
