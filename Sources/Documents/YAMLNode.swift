import Values

/// One YAML value and where it stands.
package struct YAMLNode: Sendable {
  package enum Kind: Sendable {
    /// A scalar as written. `isPlain` is false when it was quoted or a block: then it is a string.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    /// In the order of the file; keys are unique.
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  package let kind: Kind
  package let position: Position
  /// An explicit tag such as `!!binary`, else nil.
  package let tag: String?

  package init(_ kind: Kind, at position: Position, tag: String? = nil) {
    self.kind = kind
    self.position = position
    self.tag = tag
  }

  /// How many nodes it is made of, itself included.
  var size: Int {
    switch kind {
    case .scalar: 1
    case .sequence(let elements): elements.reduce(1) { $0 + $1.size }
    case .mapping(let entries): entries.reduce(1) { $0 + $1.key.size + $1.value.size }
    }
  }

  /// The scalar's text; nil for sequences and mappings, and for a null (`~`, `null` or nothing).
  package var text: String? {
    guard case .scalar(let text, _) = kind, !isNull else { return nil }
    return text
  }

  package var isNull: Bool {
    // Asked of every value: what is longer is none of them.
    guard case .scalar(let text, true) = kind, text.utf8.count <= 4 else { return false }
    return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
  }

  package var elements: [YAMLNode]? {
    guard case .sequence(let elements) = kind else { return nil }
    return elements
  }

  package var entries: [(key: YAMLNode, value: YAMLNode)]? {
    guard case .mapping(let entries) = kind else { return nil }
    return entries
  }

  /// What this is, for messages: `a mapping`, `a list`, `the text "x"`, `nothing`.
  package var whatItIs: String {
    switch kind {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let text, _): isNull ? "nothing" : "\"\(Inert.terminal(String(text.prefix(60))))\""
    }
  }
}
