/// A length of time in milliseconds; negative when it points back.
package struct Span: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static let zero = Span(milliseconds: 0)
  package static func milliseconds(_ count: Int64) -> Span { Span(milliseconds: count) }
  package static func seconds(_ count: Int64) -> Span {
    Span(milliseconds: count.multipliedSaturating(by: 1000))
  }
  package static func minutes(_ count: Int64) -> Span { seconds(count.multipliedSaturating(by: 60)) }
  package static func hours(_ count: Int64) -> Span { minutes(count.multipliedSaturating(by: 60)) }
  package static func days(_ count: Int64) -> Span { hours(count.multipliedSaturating(by: 24)) }

  package var seconds: Double { Double(milliseconds) / 1000 }

  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
  package static func + (a: Self, b: Self) -> Self {
    Span(milliseconds: a.milliseconds.addingSaturating(b.milliseconds))
  }
  package static func - (a: Self, b: Self) -> Self {
    Span(milliseconds: a.milliseconds.subtractingSaturating(b.milliseconds))
  }
  package static prefix func - (a: Self) -> Self { .zero - a }
  package static func * (a: Self, factor: Int64) -> Self {
    Span(milliseconds: a.milliseconds.multipliedSaturating(by: factor))
  }
}

/// Prometheus' duration syntax (`1h30m`; units y w d h m s ms, longest first, each once, whole numbers).
extension Span {
  /// Length in milliseconds of one of each unit, longest first; a year is 365 days, as in Prometheus.
  static let units: [(name: String, milliseconds: Int64)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000),
    ("m", 60_000), ("s", 1000), ("ms", 1),
  ]

  /// Nil when `text` is not a Prometheus duration; `0` alone is one.
  package init?(prometheus text: some StringProtocol) {
    if text == "0" {
      self = .zero
      return
    }
    var bytes = Array(text.utf8)[...]
    guard !bytes.isEmpty else { return nil }
    var total: Int64 = 0
    var nextUnit = 0
    while !bytes.isEmpty {
      var number: Int64 = 0
      var sawDigit = false
      while let digit = bytes.first, digit >= 48, digit <= 57 {
        number = number.multipliedSaturating(by: 10).addingSaturating(Int64(digit - 48))
        sawDigit = true
        bytes = bytes.dropFirst()
      }
      let letters = bytes.prefix { $0 >= 97 && $0 <= 122 }
      let name = String(decoding: letters, as: UTF8.self)
      guard sawDigit, let unit = Self.units[nextUnit...].firstIndex(where: { $0.name == name }) else {
        return nil
      }
      bytes = bytes.dropFirst(letters.count)
      total = total.addingSaturating(number.multipliedSaturating(by: Self.units[unit].milliseconds))
      nextUnit = unit + 1
    }
    guard total < Int64.max else { return nil }
    self.init(milliseconds: total)
  }

  /// Canonical Prometheus form: `1h30m`, `0s`.
  package var prometheus: String {
    guard milliseconds != 0 else { return "0s" }
    var rest = milliseconds.magnitude
    var text = milliseconds < 0 ? "-" : ""
    for unit in Self.units {
      // As Prometheus prints: years and weeks only when they divide the whole.
      let size = UInt64(unit.milliseconds)
      if unit.name == "y" || unit.name == "w" {
        if rest >= size, rest.isMultiple(of: size) {
          text += "\(rest / size)\(unit.name)"
          rest = 0
        }
      } else if rest >= size {
        text += "\(rest / size)\(unit.name)"
        rest %= size
      }
    }
    return text
  }
}

/// How screens show a length of time.
extension Span {
  /// At most two units, always the same width for a magnitude: `84ms`, `46s`, `4m12s`, `2h03m`, `3d04h`.
  package var short: String {
    if milliseconds < 0 { return "-" + (-self).short }
    let seconds = milliseconds / 1000
    if milliseconds < 1000 { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3600 { return "\(seconds / 60)m\(Int(seconds % 60).padded(2))s" }
    if seconds < 86_400 { return "\(seconds / 3600)h\(Int(seconds / 60 % 60).padded(2))m" }
    return "\(seconds / 86_400)d\(Int(seconds / 3600 % 24).padded(2))h"
  }

  /// How long an answer took: as ``short``, but `<1ms` where no millisecond is full.
  package var latency: String { self < .milliseconds(1) ? "<1ms" : short }
}

extension Span: Codable {
  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}
