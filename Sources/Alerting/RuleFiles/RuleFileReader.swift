import Documents
import Metrics
import Synchronization
import Values

/// Walks over a rule file and collects its groups and everything wrong with them.
struct RuleFileReader: Sendable {
  let file: String
  let source: YAMLSource
  /// Nil: a severity may say anything.
  let levels: LevelMap?
  /// Nil: groups are read one after the other.
  private let spread: RuleFile.Spread?
  private(set) var groups: [GroupDefinition] = []
  private(set) var problems: [Problem] = []
  private var errors = 0
  private var names: Set<String> = []

  init(file: String, source: YAMLSource, levels: LevelMap?, spread: RuleFile.Spread? = nil) {
    self.file = file
    self.source = source
    self.levels = levels
    self.spread = spread
  }

  mutating func read(_ root: YAMLNode) {
    var top = YAMLReader(root, file: file, of: "a rule file")
    if top.has("kind") {
      readCustomResource(&top)
    } else {
      readGroups(&top, isCustomResource: false)
    }
    add(top.finish())
  }

  mutating func add(_ found: [Problem]) {
    problems += found
    errors += found.count { $0.weight == .error }
  }

  /// `kind: PrometheusRule`: the groups stand under `spec`.
  private mutating func readCustomResource(_ top: inout YAMLReader) {
    for key in ["apiVersion", "metadata", "status"] { _ = top.node(key) }
    if let kind = top.string("kind"), kind != "PrometheusRule" {
      top.complain(
        "the kind \"\(Inert.terminal(kind))\" is no rule file",
        remedy: "give a PrometheusRule or plain groups",
        at: top.position(of: "kind"))
    }
    guard var spec = top.mapping("spec", of: "the spec") else { return }
    readGroups(&spec, isCustomResource: true)
    top.finish(spec)
  }

  private mutating func readGroups(_ reader: inout YAMLReader, isCustomResource: Bool) {
    for reading in readGroups(reader.list("groups"), isCustomResource: isCustomResource) {
      var isSound = reading.problems.allSatisfy { $0.weight == .warning }
      add(reading.problems)
      guard let group = reading.group else { continue }
      if !names.insert(group.name).inserted {
        isSound = false
        add([
          Problem(
            "the group \"\(Inert.terminal(group.name))\" stands twice in this file",
            remedy: "give one of them another name", file: file, at: reading.namePosition)
        ])
      }
      if isSound { groups.append(group) }
    }
  }

  /// One group, whatever stands in the others.
  private struct GroupReading: Sendable {
    let group: GroupDefinition?
    let namePosition: Position
    let problems: [Problem]
  }

  private func readGroups(_ nodes: [YAMLNode], isCustomResource: Bool) -> [GroupReading] {
    let empty = RuleFileReader(file: file, source: source, levels: levels)
    let read: @Sendable (YAMLNode) -> GroupReading = { [empty] node in
      var inner = empty
      var group = YAMLReader(node, file: inner.file, of: "a group")
      let definition = inner.readGroup(&group, isCustomResource: isCustomResource)
      let namePosition = group.position(of: "name")
      inner.add(group.finish())
      return GroupReading(group: definition, namePosition: namePosition, problems: inner.problems)
    }
    guard let spread, nodes.count > 1 else { return nodes.map(read) }
    // More slices than threads, so that none waits long for another.
    let slices = min(nodes.count, 16)
    let results = Mutex<[[GroupReading]]>(Array(repeating: [], count: slices))
    spread(slices) { slice in
      let part = nodes[(nodes.count * slice / slices)..<(nodes.count * (slice + 1) / slices)].map(read)
      results.withLock { $0[slice] = part }
    }
    return results.withLock { $0.flatMap { $0 } }
  }

  private mutating func readGroup(
    _ reader: inout YAMLReader, isCustomResource: Bool
  ) -> GroupDefinition? {
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
    return GroupDefinition(
      file: file, name: name, interval: interval, queryOffset: offset ?? .zero, limit: max(0, limit ?? 0),
      rules: rules, position: reader.position)
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
    for name in inner.names {
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

  /// Recording rules that yield the same series.
  mutating func warnOfDuplicates() {
    let recorded = Set(groups.lazy.flatMap(\.rules).filter { !$0.isAlerting }.map(\.position))
    for duplicate in DuplicateRules.find(in: groups) {
      for position in duplicate.positions.dropFirst() where recorded.contains(position) {
        add([
          Problem(
            "the rule \"\(Inert.terminal(duplicate.name))\" stands twice with the same labels",
            remedy: "remove one, or give it another label", file: file, at: position, weight: .warning)
        ])
      }
    }
  }
}
