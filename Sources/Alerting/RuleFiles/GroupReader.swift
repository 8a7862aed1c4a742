import Documents
import Metrics
import Values

/// Reads one group of a rule file and collects everything wrong with it.
struct GroupReader: Sendable {
  let file: String
  let source: YAMLSource
  /// Nil: a severity may say anything.
  let levels: LevelMap?
  private var problems: [Problem] = []

  init(file: String, source: YAMLSource, levels: LevelMap?) {
    self.file = file
    self.source = source
    self.levels = levels
  }

  mutating func add(_ found: [Problem]) { problems += found }

  mutating func read<Kept>(
    _ node: YAMLNode, isCustomResource: Bool, keep: (GroupParts) -> Kept
  ) -> GroupReading<Kept> {
    var group = YAMLReader(node, file: file, of: "a group")
    let parts = read(&group, isCustomResource: isCustomResource)
    let namePosition = group.position(of: "name")
    add(group.finish())
    return GroupReading(
      group: parts.map { ($0.name, keep($0)) }, namePosition: namePosition, problems: problems)
  }

  private mutating func read(_ reader: inout YAMLReader, isCustomResource: Bool) -> GroupParts? {
    if isCustomResource { _ = reader.node("partial_response_strategy") }
    let name = reader.string("name")
    if name?.isEmpty ?? true {
      reader.complain("a group has no name", remedy: "add `name: …`", at: reader.position)
    }
    let interval = span("interval", &reader)
    let offset = span("query_offset", &reader)
    let limit = reader.integer("limit", in: Int.min...Int.max)
    let labels = self.labels("labels", &reader)
    let rules = reader.list("rules").compactMap { readRule($0, of: reader, groupLabels: labels) }
    guard let name, !name.isEmpty else { return nil }
    return GroupParts(
      name: name, interval: interval, queryOffset: offset ?? .zero, limit: max(0, limit ?? 0), rules: rules,
      position: reader.position)
  }

  /// A Prometheus duration within Go's 64-bit nanoseconds.
  func span(_ name: String, _ reader: inout YAMLReader) -> Span? {
    guard let span = reader.span(name) else { return nil }
    guard span.milliseconds <= Int64.max / 1_000_000 else {
      reader.complain(
        "\(name) is longer than 292 years", remedy: "write a shorter duration",
        at: reader.position(of: name))
      return nil
    }
    return span
  }

  /// The labels under `key`, text as written.
  func labels(_ key: String, _ reader: inout YAMLReader) -> [(name: String, node: YAMLNode, text: String)] {
    texts(key, &reader) { name in
      name.isEmpty || name == .metricName ? "\"\(Inert.terminal(name))\" cannot be the name of a label" : nil
    }
  }

  /// Names and texts under `key`; `objection` says what is wrong with a name.
  func texts(
    _ key: String, _ reader: inout YAMLReader, objection: (String) -> String?
  ) -> [(name: String, node: YAMLNode, text: String)] {
    guard var inner = reader.mapping(key, of: key) else { return [] }
    var found: [(name: String, node: YAMLNode, text: String)] = []
    let names = inner.names
    found.reserveCapacity(names.count)
    for name in names {
      if let what = objection(name) {
        inner.complain(what, remedy: "write another name", at: inner.position(of: name))
      }
      guard let node = inner.node(name) else { continue }
      let text = node.isNull ? "" : inner.string(node, name: name)
      if let text { found.append((name, node, text)) }
    }
    reader.finish(inner)
    return found
  }
}
