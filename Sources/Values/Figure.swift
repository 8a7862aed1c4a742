/// A measured value with its unit, as screens and messages show it: `7.1%`, `84ms`, `231`, `1.2GB`.
package struct Figure: Hashable, Codable, Sendable {
  /// What a value counts; from an alert's `unit` annotation, else its metric's suffix.
  package enum Unit: String, Codable, CaseIterable, Sendable {
    case none, ratio, percent, seconds, bytes, celsius
  }

  package let value: Double
  package let unit: Unit

  package init(_ value: Double, unit: Unit = .none) {
    self.value = value
    self.unit = unit
  }
}

extension Figure: CustomStringConvertible {
  package var description: String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
    switch unit {
    case .none: return Self.plain(value)
    case .ratio: return Self.threeDigits(value * 100) + "%"
    case .percent: return Self.threeDigits(value) + "%"
    case .celsius: return Self.threeDigits(value) + "°C"
    case .seconds: return Self.duration(value)
    case .bytes: return Self.scaled(value, suffixes: ["B", "kB", "MB", "GB", "TB", "PB"])
    }
  }

  private static func plain(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e6 { return String(Int(value)) }
    return abs(value) < 1e4 ? threeDigits(value) : scaled(value, suffixes: ["", "k", "M", "G", "T", "P"])
  }

  private static func duration(_ seconds: Double) -> String {
    let size = abs(seconds)
    if size == 0 { return "0s" }
    if size < 1e-3 { return threeDigits(seconds * 1e6) + "µs" }
    if size < 1 { return threeDigits(seconds * 1e3) + "ms" }
    if size < 60 { return threeDigits(seconds) + "s" }
    return Span(milliseconds: Instant(seconds: seconds).milliseconds).short
  }

  private static func scaled(_ value: Double, suffixes: [String]) -> String {
    var rest = value
    var index = 0
    while abs(rest) >= 1000, index < suffixes.count - 1 {
      rest /= 1000
      index += 1
    }
    return threeDigits(rest) + suffixes[index]
  }

  /// Two digits after the point below 1, one below 100, none above; trailing zeros go.
  private static func threeDigits(_ value: Double) -> String {
    let size = abs(value)
    let scale: Double = size < 1 ? 1000 : size < 10 ? 100 : size < 100 ? 10 : 1
    let rounded = (value * scale).rounded() / scale
    if rounded == rounded.rounded() { return abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded) }
    return String(rounded)
  }
}
