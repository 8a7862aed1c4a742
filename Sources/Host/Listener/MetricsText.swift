import Values

/// Writes a page of metrics in Prometheus' text format, or in OpenMetrics.
struct MetricsText {
  enum Kind: String {
    case counter, gauge
  }

  private var lines: [String] = []
  private let isOpenMetrics: Bool

  init(isOpenMetrics: Bool) {
    self.isOpenMetrics = isOpenMetrics
  }

  /// Adds a family. One without samples is left out.
  ///
  /// - Parameter name: of a counter without `_total`.
  mutating func add(
    _ name: String, _ kind: Kind, _ help: String, unit: String? = nil,
    _ samples: [(labels: [(String, String)], value: Double)]
  ) {
    guard !samples.isEmpty else { return }
    let full = kind == .counter ? name + "_total" : name
    let family = isOpenMetrics ? name : full
    lines.append("# HELP \(family) \(Self.escaped(help, isHelp: true))")
    lines.append("# TYPE \(family) \(kind.rawValue)")
    if isOpenMetrics, let unit { lines.append("# UNIT \(family) \(unit)") }
    for sample in samples {
      let labels = sample.labels.map { "\($0.0)=\"\(Self.escaped($0.1, isHelp: false))\"" }
      let braces = labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}"
      lines.append("\(full)\(braces) \(Self.number(sample.value))")
    }
  }

  mutating func add(
    _ name: String, _ kind: Kind, _ help: String, unit: String? = nil, _ value: Double?
  ) {
    add(name, kind, help, unit: unit, value.map { [([], $0)] } ?? [])
  }

  var body: [UInt8] { Array((lines + (isOpenMetrics ? ["# EOF"] : []) + [""]).joined(separator: "\n").utf8) }

  private static func escaped(_ text: String, isHelp: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where !isHelp: escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int64(exactly: value).map(String.init) ?? "\(value)"
  }
}
