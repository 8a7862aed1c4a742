import CYAML
import Values

/// Makes nodes of libyaml's events: aliases resolved, merge keys (`<<`) applied, duplicate keys told.
///
/// An alias shares its anchor's nodes, so that composing is linear; a budget bounds what a walk over the
/// result would visit.
struct YAMLComposer: ~Copyable {
  /// Why composing ended; the place is 1-based.
  struct Failure: Error {
    let what: String
    let position: Position
  }

  /// Deeper lists and mappings are refused: everything that walks over nodes is recursive.
  static let maximumDepth = 256
  /// Problems of one document told at most.
  private static let maximumDuplicates = 100

  private let parser: OpaquePointer?
  private let lineOffset: Int
  private var budget: Int
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  /// Keys that stand twice, and where the second one does.
  private(set) var duplicates: [(key: String, position: Position)] = []

  /// - Parameters:
  ///   - bytes: must live as long as the composer.
  ///   - budget: nodes at most, an alias counting as many as it stands for.
  init(_ bytes: UnsafeBufferPointer<UInt8>, lineOffset: Int, budget: Int) {
    self.lineOffset = lineOffset
    self.budget = budget
    parser = bytes.withMemoryRebound(to: CChar.self) { cyaml_open($0.baseAddress, $0.count) }
  }

  deinit { cyaml_close(parser) }

  /// Where the next document begins; nil at the end of the text. Then ``compose()`` reads it.
  mutating func nextDocument() throws(Failure) -> Position? {
    anchors = [:]
    while true {
      let event = try next()
      switch event.kind {
      case CYAML_END: return nil
      case CYAML_DOCUMENT_START: return position(of: event)
      default: continue
      }
    }
  }

  /// The whole document whose beginning was just read.
  mutating func compose() throws(Failure) -> YAMLNode {
    let first = try next()
    let root = try node(first, depth: 0)
    _ = try next()
    return root
  }

  private mutating func next() throws(Failure) -> cyaml_event {
    guard let parser else { throw Failure(what: "there is no memory to read it", position: .start) }
    var event = cyaml_event()
    guard cyaml_next(parser, &event) else {
      var (line, column) = (0, 0)
      let problem = String(cString: cyaml_problem(parser, &line, &column))
      throw Failure(what: problem, position: Position(line: line + 1 + lineOffset, column: column + 1))
    }
    return event
  }

  private func position(of event: cyaml_event) -> Position {
    Position(line: event.line + 1 + lineOffset, column: event.column + 1)
  }

  private mutating func spend(_ nodes: Int, at position: Position) throws(Failure) {
    budget -= nodes
    guard budget >= 0 else {
      throw Failure(
        what: "the document expands to more than \(YAMLDocument.maximumNodes) values", position: position)
    }
  }

  private mutating func node(_ event: cyaml_event, depth: Int) throws(Failure) -> YAMLNode {
    let position = position(of: event)
    if event.kind == CYAML_ALIAS {
      let name = event.anchor.map { String(cString: $0) } ?? ""
      guard let (node, size) = anchors[name] else {
        throw Failure(
          what: "there is no anchor &\(Inert.terminal(name)) before this alias", position: position)
      }
      try spend(size, at: position)
      return node
    }
    guard depth < Self.maximumDepth else {
      throw Failure(what: "it is nested more than \(Self.maximumDepth) deep", position: position)
    }
    let before = budget
    try spend(1, at: position)
    let anchor = event.anchor.map { String(cString: $0) }
    let tag = event.tag.map { String(cString: $0) }
    let kind: YAMLNode.Kind
    switch event.kind {
    case CYAML_SEQUENCE_START: kind = .sequence(try elements(depth: depth))
    case CYAML_MAPPING_START: kind = .mapping(try entries(depth: depth))
    default: kind = .scalar(event.string, isPlain: event.plain && tag == nil)
    }
    let node = YAMLNode(
      kind, at: position, tag: tag.flatMap { $0.hasPrefix("tag:yaml.org,2002:") ? nil : $0 })
    if let anchor { anchors[anchor] = (node, before - budget) }
    return node
  }

  private mutating func elements(depth: Int) throws(Failure) -> [YAMLNode] {
    var elements: [YAMLNode] = []
    while true {
      let event = try next()
      if event.kind == CYAML_SEQUENCE_END { return elements }
      elements.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func entries(depth: Int) throws(Failure) -> [(key: YAMLNode, value: YAMLNode)] {
    var entries: [(key: YAMLNode, value: YAMLNode)] = []
    var merged: [YAMLNode] = []
    var keys = YAMLKeys()
    while true {
      let event = try next()
      if event.kind == CYAML_MAPPING_END { break }
      let key = try node(event, depth: depth + 1)
      let value = try node(try next(), depth: depth + 1)
      if case .scalar(let name, let isPlain) = key.kind {
        if !keys.insert(name), duplicates.count < Self.maximumDuplicates {
          duplicates.append((name, key.position))
        }
        if isPlain, name == "<<" {
          merged.append(value)
          continue
        }
      }
      entries.append((key, value))
    }
    for value in merged { try merge(value, into: &entries, keys: &keys) }
    return entries
  }

  /// Adds what `<<` names, where there is no such key yet.
  private mutating func merge(
    _ value: YAMLNode, into entries: inout [(key: YAMLNode, value: YAMLNode)], keys: inout YAMLKeys
  ) throws(Failure) {
    for source in value.elements ?? [value] {
      guard let added = source.entries else {
        throw Failure(what: "`<<` takes a mapping, or a list of mappings", position: source.position)
      }
      for entry in added {
        guard case .scalar(let name, _) = entry.key.kind, keys.insert(name) else { continue }
        try spend(entry.value.size + 1, at: value.position)
        entries.append(entry)
      }
    }
  }
}

/// The keys of one mapping: few as a rule, so a list that becomes a set when it grows.
private struct YAMLKeys {
  private var few: [String] = []
  private var many: Set<String> = []

  /// False when it is there already.
  mutating func insert(_ key: String) -> Bool {
    guard many.isEmpty else { return many.insert(key).inserted }
    guard !few.contains(key) else { return false }
    few.append(key)
    if few.count > 16 { many = Set(few) }
    return true
  }
}

extension cyaml_event {
  fileprivate var string: String {
    guard let text else { return "" }
    return UnsafeBufferPointer(start: text, count: length).withMemoryRebound(to: UInt8.self) {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
