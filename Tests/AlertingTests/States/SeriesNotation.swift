import Metrics

/// promtool's notation of sample values: `1 _ 2x3 0+10x5 stale`.
enum SeriesNotation {
  /// Nil stands for "no sample".
  static func values(_ text: String) -> [Double?] {
    text.split(separator: " ").flatMap { token -> [Double?] in
      let parts = token.split(separator: "x")
      let count = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
      let head = String(parts.first ?? "")
      if head == "_" { return Array(repeating: nil, count: parts.count == 2 ? count : 1) }
      if head == "stale" { return [staleNaN] }
      let signIndex = head.dropFirst().lastIndex { $0 == "+" || $0 == "-" }
      guard let signIndex, head[head.index(before: signIndex)] != "e" else {
        return Array(repeating: Double(head), count: count + 1)
      }
      let start = Double(head[..<signIndex]) ?? .nan
      let step = Double(head[signIndex...].drop { $0 == "+" }) ?? .nan
      return (0...count).map { start + Double($0) * step }
    }
  }
}
