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
  /// Elements and entries of all lists and mappings that are open, the innermost last: each gets an array of
  /// its exact size when it closes.
  private var openElements: [YAMLNode] = []
  private var openEntries: [(key: YAMLNode, value: YAMLNode)] = []
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  private var hasAnchors = false
  private let handOver: YAMLHandOver?
  /// The keys that lead to the open mapping or list, as many as there may be in a path of ``handOver``.
  private var path: [String] = []
  /// Keys that stand twice, and where the second one does.
  private(set) var duplicates: [(key: String, position: Position)] = []

  /// - Parameters:
  ///   - bytes: must live as long as the composer.
  ///   - budget: nodes at most, an alias counting as many as it stands for.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, lineOffset: Int, budget: Int, handOver: YAMLHandOver? = nil
  ) {
    self.lineOffset = lineOffset
    self.budget = budget
    self.handOver = handOver
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
    if anchor != nil { hasAnchors = true }
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
    let start = openElements.count
    // Every key on the way counts: in a list of lists the path is shorter than the way.
    let taker = handOver.flatMap { path.count == depth && $0.paths.contains(path) ? $0 : nil }
    while true {
      let event = try next()
      if event.kind == CYAML_SEQUENCE_END { break }
      let element = try node(event, depth: depth + 1)
      if let taker, !hasAnchors, case .mapping = element.kind {
        taker.take(element, path)
        openElements.append(YAMLNode(.mapping([]), at: element.position, tag: element.tag))
      } else {
        openElements.append(element)
      }
    }
    defer { openElements.removeSubrange(start...) }
    return Array(openElements[start...])
  }

  private mutating func entries(depth: Int) throws(Failure) -> [(key: YAMLNode, value: YAMLNode)] {
    let start = openEntries.count
    var merged: [YAMLNode] = []
    var names = YAMLNames()
    let isOnPath = handOver.map { depth < $0.depth && path.count == depth } ?? false
    while true {
      let event = try next()
      if event.kind == CYAML_MAPPING_END { break }
      let key = try node(event, depth: depth + 1)
      if isOnPath, case .scalar(let name, _) = key.kind { path.append(name) }
      let value = try node(try next(), depth: depth + 1)
      if isOnPath { path.removeLast(path.count - depth) }
      if case .scalar(let name, let isPlain) = key.kind {
        if isPlain, name == "<<" {
          if !merged.isEmpty { note(duplicate: name, at: key.position) }
          merged.append(value)
          continue
        }
        if !names.insert(name, besides: openEntries[start...]) { note(duplicate: name, at: key.position) }
      }
      openEntries.append((key, value))
    }
    for value in merged { try merge(value, from: start, names: &names) }
    defer { openEntries.removeSubrange(start...) }
    return Array(openEntries[start...])
  }

  private mutating func note(duplicate key: String, at position: Position) {
    if duplicates.count < Self.maximumDuplicates { duplicates.append((key, position)) }
  }

  /// Adds what `<<` names to the open mapping that begins at `start`, where there is no such key yet.
  private mutating func merge(
    _ value: YAMLNode, from start: Int, names: inout YAMLNames
  ) throws(Failure) {
    for source in value.elements ?? [value] {
      guard let added = source.entries else {
        throw Failure(what: "`<<` takes a mapping, or a list of mappings", position: source.position)
      }
      for entry in added {
        guard case .scalar(let name, _) = entry.key.kind, names.insert(name, besides: openEntries[start...])
        else { continue }
        try spend(entry.value.size + 1, at: value.position)
        openEntries.append(entry)
      }
    }
  }
}

/// The names in one mapping: few as a rule, so they are looked for among its entries until there are many.
private struct YAMLNames {
  private var many: Set<String> = []

  /// False when `name` is there already. `entries` are those that the mapping has so far.
  mutating func insert(
    _ name: String, besides entries: ArraySlice<(key: YAMLNode, value: YAMLNode)>
  ) -> Bool {
    if entries.count < 16 { return !entries.contains { $0.key.kind.isScalar(name) } }
    if many.isEmpty {
      for entry in entries {
        if case .scalar(let name, _) = entry.key.kind { many.insert(name) }
      }
    }
    return many.insert(name).inserted
  }
}

extension YAMLNode.Kind {
  fileprivate func isScalar(_ name: String) -> Bool {
    if case .scalar(let text, _) = self { text == name } else { false }
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
