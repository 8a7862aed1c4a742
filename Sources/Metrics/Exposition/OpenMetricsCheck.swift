/// What OpenMetrics 1.0 asks of a page beyond the syntax of its lines: families whole and in one piece, and
/// values that can be what their type says.
struct OpenMetricsCheck {
  /// A metric family in the page.
  struct Family {
    var name: String
    var type = "unknown"
    var metadata: Set<String> = []
    var hasSamples = false
    /// Labels without those that tell a metric's samples apart, of metrics that are over.
    var closed: Set<Labels> = []
    var point: MetricPoint?

    /// What its samples' names may end with.
    var suffixes: [String] {
      switch type {
      case "counter": ["_total", "_created"]
      case "histogram": ["_bucket", "_count", "_sum", "_created"]
      case "gaugehistogram": ["_bucket", "_gcount", "_gsum"]
      case "summary": ["", "_count", "_sum", "_created"]
      case "info": ["_info"]
      default: [""]
      }
    }
  }

  private var current: Family?
  private var over: Set<String> = []
  /// Names of samples, by the family that they belong to.
  private var owners: [String: String] = [:]

  static func check(_ entries: [ExpositionEntry]) throws(ExpositionError) {
    var check = OpenMetricsCheck()
    for entry in entries {
      let mistake =
        switch entry.content {
        case .type(let metric, let type): check.note("TYPE", of: metric) ?? check.setType(type)
        case .help(let metric, _): check.note("HELP", of: metric)
        case .unit(let metric, let unit): check.note("UNIT", of: metric) ?? check.setUnit(unit)
        case .sample(let labels, let value, let timestamp, let exemplar):
          check.take(labels, value, timestamp, exemplar)
        case .comment: String?.none
        }
      if let mistake { throw ExpositionError(line: entry.line, what: mistake) }
    }
    if let mistake = check.endFamily() {
      throw ExpositionError(line: entries.last?.line ?? 1, what: mistake)
    }
  }

  private mutating func note(_ word: String, of name: String) -> String? {
    if current?.name != name {
      if let mistake = begin(Family(name: name)) { return mistake }
    }
    guard current?.hasSamples == false else { return "# \(word) of \(name) stands behind its samples" }
    guard current?.metadata.insert(word).inserted == true else { return "# \(word) of \(name) is repeated" }
    return nil
  }

  private mutating func setType(_ type: String) -> String? {
    current?.type = type
    return unitMistake
  }

  private mutating func setUnit(_ unit: String) -> String? {
    if !unit.isEmpty { current?.metadata.insert("unit") }
    return unitMistake
  }

  private var unitMistake: String? {
    guard let current, current.metadata.contains("unit"), ["info", "stateset"].contains(current.type) else {
      return nil
    }
    return "\(current.name) is of type \(current.type), which has no unit"
  }

  private mutating func begin(_ family: Family) -> String? {
    if let mistake = endFamily() { return mistake }
    guard !over.contains(family.name) else {
      return "\(family.name) comes back after other families: its lines must stand together"
    }
    if let owner = owners[family.name] { return "\(family.name) is the name of samples of \(owner)" }
    current = family
    return nil
  }

  private mutating func endFamily() -> String? {
    guard let family = current else { return nil }
    over.insert(family.name)
    return family.point?.mistakeAtEnd
  }

  private mutating func take(
    _ labels: Labels, _ value: Double, _ timestamp: Int64?, _ exemplar: Exemplar?
  ) -> String? {
    let name = labels.metricName ?? ""
    if current.map({ family in family.suffixes.contains { family.name + $0 == name } }) != true {
      if let owner = owners[name] ?? (current?.name == name ? name : nil) {
        return "\(name) belongs to \(owner) and stands apart from it, or its type does not know it"
      }
      if let mistake = begin(Family(name: name)) { return mistake }
    }
    guard var family = current else { return nil }
    if !family.hasSamples {
      family.hasSamples = true
      for suffix in family.suffixes { owners[family.name + suffix] = family.name }
    }
    let suffix = String(name.dropFirst(family.name.count))
    let group = labels.removing([.metricName, family.type == "stateset" ? family.name : "le", "quantile"])
    if family.point?.labels != group {
      if let mistake = family.point?.mistakeAtEnd { return mistake }
      if let before = family.point?.labels { family.closed.insert(before) }
      guard !family.closed.contains(group) else {
        return "\(name) with these labels comes back: the samples of a metric must stand together"
      }
      family.point = MetricPoint(family: family.name, type: family.type, labels: group)
    }
    let sample = MetricPoint.Sample(
      suffix: suffix, labels: labels, value: value, timestamp: timestamp, exemplar: exemplar)
    let mistake = family.point?.take(sample)
    current = family
    return mistake
  }
}
