import Values

/// What a group of a file is made of.
struct GroupParts: Sendable {
  let name: String
  let interval: Span?
  let queryOffset: Span
  let limit: Int
  let rules: [RuleParts]
  let position: Position
}

extension GroupDefinition {
  init(_ parts: GroupParts, file: String) {
    self.init(
      file: file, name: parts.name, interval: parts.interval, queryOffset: parts.queryOffset,
      limit: parts.limit, rules: parts.rules.map { Rule($0, file: file) }, position: parts.position)
  }
}
