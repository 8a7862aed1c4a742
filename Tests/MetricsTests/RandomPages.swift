import Metrics

/// Pages of one target, each made from the one before: lines come, go, move and change, and some are damaged.
struct RandomPages {
  private var random: SplitMix64
  private let format: Exposition.Format
  private var lines: [String] = []

  init(seed: UInt64, format: Exposition.Format) {
    random = SplitMix64(seed: seed)
    self.format = format
  }

  mutating func next() -> [UInt8] {
    for _ in 0..<below(4) { change() }
    var page = lines.map { line in
      line.hasPrefix("#") || line.isEmpty ? line : line + pick(Self.values) + ending()
    }.joined(separator: "\n")
    if format == .openMetrics { page += "\n# EOF" }
    if below(3) > 0 { page += "\n" }
    var bytes = Array(page.utf8)
    if below(6) == 0, !bytes.isEmpty {
      for _ in 0...below(2) { bytes[below(bytes.count)] = UInt8(below(256)) }
    }
    if below(20) == 0 { bytes.removeLast(below(bytes.count + 1)) }
    return bytes
  }

  private static let values = [
    "1", "2", "0.5", "NaN", "+Inf", "1e-05", "12345678901234567890", "6.02e23", "17.25",
  ]
  private static let metadata = [
    "# TYPE a histogram", "# TYPE a gauge", "# TYPE a summary", "# HELP a text", "# HELP b other \\n text",
  ]
  private static let labels = [
    "x=\"1\"", "x=\"2\"", "y=\"1\"", "le=\"1\"", "le=\"1.0\"", "le=\"5e2\"", "quantile=\"0.50\"", "z=\"\"",
    "x=\"a\\\"b\\\\c\\n\"", "y=\"łódź\"", "\"q q\"=\"1\"", "long_label_name=\"a value of some more bytes\"",
  ]

  private mutating func change() {
    let place = below(lines.count + 1)
    switch below(8) {
    case 0 where place < lines.count: lines.remove(at: place)
    case 1 where place < lines.count: lines.swapAt(place, below(lines.count))
    case 2 where place < lines.count: lines.insert(lines[place], at: below(lines.count))
    case 3: lines.insert(pick(Self.metadata), at: place)
    case 4 where format == .prometheusText:
      lines.insert(pick(["", "# note", "  # TYPE b counter"]), at: place)
    default: lines.insert(series(), at: place)
    }
  }

  private mutating func series() -> String {
    let labels = (0..<below(4)).map { _ in pick(Self.labels) }
    let name = pick(["a", "a_bucket", "ab", "b", "metric_with_a_long_name_total"])
    let separator = format == .prometheusText ? pick([" ", " ", "\t", "  "]) : " "
    if labels.isEmpty { return name + pick(["", "{}"]) + separator }
    let inner = labels.joined(separator: ",") + pick(["", "", ","])
    if format == .prometheusText, below(8) == 0 { return "\(name){\(inner)}" }
    return (below(10) == 0 ? "{\"\(name)\",\(inner)}" : "\(name){\(inner)}") + separator
  }

  private mutating func ending() -> String {
    guard below(8) == 0 else { return "" }
    if format == .prometheusText { return pick([" 12", " 13 ", " "]) }
    return pick([" 12.5", " # {id=\"1\"} 2", " 1 # {id=\"1\"} 2 3"])
  }

  private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }
}
